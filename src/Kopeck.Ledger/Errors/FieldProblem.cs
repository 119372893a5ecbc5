using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Errors;

/// <summary>What is wrong with one member of a request.</summary>
/// <param name="Pointer">RFC 6901, such as <c>/legs/0/amount</c>; the name alone of a parameter.</param>
/// <param name="Code">Stable, such as <c>too_many_decimals</c>.</param>
/// <param name="Detail">For people; says what to do.</param>
public sealed record FieldProblem(string Pointer, string Code, string Detail)
{
    /// <summary>A field's error at a place.</summary>
    public FieldProblem(string pointer, FieldError error)
        : this(pointer, error.Code, error.Detail)
    {
    }

    /// <summary>Whether it is of a parameter, in the path or the query, rather than of the body.</summary>
    public bool IsParameter { get; init; }

    /// <summary>The error of a parameter.</summary>
    public static FieldProblem OfParameter(string name, FieldError error) => new(name, error) { IsParameter = true };
}
