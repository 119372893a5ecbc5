using System.Collections.Immutable;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Errors;

/// <summary>What is wrong with one member of a request.</summary>
/// <param name="Pointer">RFC 6901, such as <c>/legs/0/amount</c>.</param>
/// <param name="Code">Stable, such as <c>too_many_decimals</c>.</param>
/// <param name="Detail">For people; says what to do.</param>
public sealed record FieldProblem(string Pointer, string Code, string Detail)
{
    /// <summary>A field's error at a place.</summary>
    public FieldProblem(string pointer, FieldError error)
        : this(pointer, error.Code, error.Detail)
    {
    }
}

/// <summary>A customer whom an ambiguous name may mean.</summary>
public sealed record NameCandidate(long Id, string? Name, string? Code, string Country, string? City);

/// <summary>Why a request was not done. Nothing of it was written.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Detail">For people; says what to do.</param>
public sealed record Rejection(ErrorCode Code, string Detail)
{
    /// <summary>The members that are wrong.</summary>
    public ImmutableArray<FieldProblem> Fields { get; init; } = [];

    /// <summary>The customers whom an ambiguous name may mean.</summary>
    public ImmutableArray<NameCandidate> Candidates { get; init; } = [];

    /// <summary>The place of the first failing item of an atomic batch, from 0.</summary>
    public int? Item { get; init; }

    /// <summary>Why that item failed.</summary>
    public Rejection? ItemRejection { get; init; }

    /// <summary>Wrong fields.</summary>
    public static Rejection InvalidFields(params ImmutableArray<FieldProblem> fields) =>
        new(ErrorCode.InvalidFields, fields.Length == 1 ? $"{fields[0].Pointer}: {fields[0].Detail}" : $"{fields.Length} fields are not valid") { Fields = fields };
}
