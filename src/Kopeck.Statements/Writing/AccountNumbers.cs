namespace Kopeck.Statements.Writing;

/// <summary>What an account is called outside of the ledger.</summary>
/// <param name="Iban">ISO 13616, without spaces.</param>
/// <param name="Number">A national account number.</param>
/// <param name="Type">What it is to an accountant; null where nothing was said.</param>
public sealed record AccountNumbers(string? Iban, string? Number, AccountType? Type)
{
    /// <summary>An account that nothing was said of.</summary>
    public static AccountNumbers None { get; } = new(null, null, null);
}
