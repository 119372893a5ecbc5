using System.Collections.Immutable;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Holds;

/// <summary>An amount of an account that is reserved until it is captured, released or expires, as one operation left it.</summary>
public sealed record Hold
{
    /// <summary>The most captures of one hold.</summary>
    public const int MaxCaptures = 1_000;

    /// <summary>The number of the operation that placed it.</summary>
    public required long Id { get; init; }

    /// <summary>The account whose money is reserved.</summary>
    public required long Account { get; init; }

    /// <summary>The one account that captures may pay; null where the outside world is, or where captures say.</summary>
    public long? To { get; init; }

    /// <summary>Whether captures pay the outside world.</summary>
    public bool ToCash { get; init; }

    /// <summary>The account's currency: amounts of the hold are in its minor units.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The currency in which it was asked for: captures name amounts in it unless they say otherwise.</summary>
    public required Currency Asked { get; init; }

    /// <summary>How it stands.</summary>
    public required HoldState State { get; init; }

    /// <summary>The last operation that changed it.</summary>
    public required long Changed { get; init; }

    /// <summary>Its captures, oldest first; <see cref="MaxCaptures"/> at the most.</summary>
    public ImmutableArray<HoldCapture> Captures { get; init; } = [];

    /// <summary>Whether something of it remains.</summary>
    public bool IsOpen => State.Status == HoldStatus.Open;

    /// <summary>Whether its receiver was fixed when it was placed.</summary>
    public bool IsReceiverFixed => ToCash || To is not null;
}
