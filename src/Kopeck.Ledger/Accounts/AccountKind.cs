namespace Kopeck.Ledger.Accounts;

/// <summary>What an account is for. The numbers are stored.</summary>
public enum AccountKind
{
    /// <summary>A customer's.</summary>
    Wallet = 1,

    /// <summary>The operator's own, such as fees; named by a code.</summary>
    Internal = 2,

    /// <summary>A system account: the outside world in one currency.</summary>
    Cash = 3,

    /// <summary>A system account: the position that conversions pass through in one currency.</summary>
    Exchange = 4,
}
