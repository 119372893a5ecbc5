namespace Kopeck.Ledger.Journal;

/// <summary>What an operation did. The numbers are stored and hashed.</summary>
public enum OperationKind
{
    /// <summary>A book was opened: always number 1.</summary>
    BookOpened = 1,

    /// <summary>A customer was registered.</summary>
    CustomerRegistered = 2,

    /// <summary>A customer's values were changed.</summary>
    CustomerChanged = 3,

    /// <summary>A customer's personal values were erased.</summary>
    CustomerErased = 4,

    /// <summary>An account was opened.</summary>
    AccountOpened = 5,

    /// <summary>An account's debits, or all its movements, were stopped.</summary>
    AccountFrozen = 6,

    /// <summary>A frozen account was opened again.</summary>
    AccountUnfrozen = 7,

    /// <summary>An account was closed.</summary>
    AccountClosed = 8,

    /// <summary>An account's floor was set.</summary>
    FloorSet = 9,

    /// <summary>The quotes of a date were loaded.</summary>
    QuotesLoaded = 10,

    /// <summary>Money came in.</summary>
    Deposit = 20,

    /// <summary>Money went out.</summary>
    Withdrawal = 21,

    /// <summary>Money moved between wallets.</summary>
    Transfer = 22,

    /// <summary>Money moved in several legs.</summary>
    Posting = 23,

    /// <summary>An amount was reserved.</summary>
    Hold = 24,

    /// <summary>More was reserved by a hold.</summary>
    HoldIncreased = 25,

    /// <summary>A hold lives longer.</summary>
    HoldExtended = 26,

    /// <summary>What a hold reserved is free again, or a part of it.</summary>
    HoldReleased = 27,

    /// <summary>A hold's time came.</summary>
    HoldExpired = 28,

    /// <summary>Something of a hold was taken.</summary>
    Capture = 29,

    /// <summary>An operation was taken back, or a part of it.</summary>
    Reversal = 30,

    /// <summary>A book's terms were changed.</summary>
    BookChanged = 31,
}
