namespace Kopeck.Statements.Writing;

/// <summary>A customer's numbers with the tax office.</summary>
/// <param name="TaxId">In Russia the ИНН.</param>
/// <param name="TaxReason">In Russia the КПП.</param>
public sealed record TaxNumbers(string? TaxId, string? TaxReason)
{
    /// <summary>None.</summary>
    public static TaxNumbers None { get; } = new(null, null);
}
