namespace Kopeck.Ledger.Commands;

/// <summary>What an API key of a book may do.</summary>
[Flags]
public enum Scopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read everything in the book.</summary>
    Read = 1,

    /// <summary>Customers, wallets and transfers.</summary>
    Transfer = 2,

    /// <summary>Deposits and withdrawals.</summary>
    Cash = 4,

    /// <summary>Load quotes.</summary>
    Quotes = 8,

    /// <summary>What only an administrator may do; granted as <see cref="Admin"/>.</summary>
    Administer = 16,

    /// <summary>Everything in the book: includes all the others.</summary>
    Admin = Administer | Read | Transfer | Cash | Quotes,
}
