namespace Kopeck.Ledger.Accounts;

/// <summary>What may still happen to an account. The numbers are stored.</summary>
public enum AccountStatus
{
    /// <summary>Everything.</summary>
    Open = 1,

    /// <summary>Credits only.</summary>
    DebitsFrozen = 2,

    /// <summary>Neither debits nor credits.</summary>
    Frozen = 3,

    /// <summary>Nothing, for ever.</summary>
    Closed = 4,
}
