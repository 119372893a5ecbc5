namespace Kopeck.Statements.Model;

/// <summary>Whose statement.</summary>
public abstract record StatementSubject
{
    StatementSubject()
    {
    }

    /// <summary>One wallet.</summary>
    public sealed record OfWallet(long Id) : StatementSubject;

    /// <summary>The card of any account of the book, internal and system ones included.</summary>
    public sealed record OfAccount(long Id) : StatementSubject;

    /// <summary>All wallets of a customer.</summary>
    public sealed record OfCustomer(long Id) : StatementSubject;

    /// <summary>
    /// All wallets of the one customer who has this name now, case and accents ignored; else of the one whose name starts with it. Who was
    /// registered after the pin does not count.
    /// </summary>
    public sealed record OfName(string Name) : StatementSubject;
}
