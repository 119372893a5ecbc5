using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Accounts;

/// <summary>An account as one operation left it.</summary>
public sealed record Account
{
    /// <summary>The number of the operation that opened it.</summary>
    public required long Id { get; init; }

    /// <summary>What it is for.</summary>
    public required AccountKind Kind { get; init; }

    /// <summary>The owner of a wallet.</summary>
    public long? Customer { get; init; }

    /// <summary>The one currency it holds, with the minor unit of the day it was opened.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The caller's own name of it.</summary>
    public AccountCode? Code { get; init; }

    /// <summary>What may still happen to it.</summary>
    public AccountStatus Status { get; init; } = AccountStatus.Open;

    /// <summary>The lowest posted - held, in minor units; null is none.</summary>
    public long? Floor { get; init; }

    /// <summary>The booked balance in minor units.</summary>
    public long Posted { get; init; }

    /// <summary>What open holds reserve, in minor units.</summary>
    public long Held { get; init; }

    /// <summary>Whether the ledger opened it itself.</summary>
    public bool IsSystem => Kind is AccountKind.Cash or AccountKind.Exchange;

    /// <summary>What is booked and not reserved: posted - held. Wide, as are all sums of balances.</summary>
    public Int128 Free => (Int128)Posted - Held;

    /// <summary>
    /// What can be spent: posted - held - floor; null where there is no floor. Wide, because a floor of -10^15 may add to any balance.
    /// </summary>
    public Int128? Available => Floor is { } floor ? Free - floor : null;
}
