namespace Kopeck.Ledger.Holds;

/// <summary>
/// How a hold stands after an operation, in minor units of its account's currency. Authorised plus what captures took above it is always
/// captured plus released plus expired plus remaining.
/// </summary>
/// <param name="Authorised">What was reserved, with what it was increased by.</param>
/// <param name="MaxAmount">How far captures may go above it; null where they may not.</param>
/// <param name="ExpiresAt">From this instant on nothing of it can be captured; null is never.</param>
public readonly record struct HoldState(
    HoldStatus Status, long Authorised, long? MaxAmount, long Captured, long Released, long Expired, long Remaining, Instant? ExpiresAt)
{
    /// <summary>When it will expire: its end while it is open; null from then on.</summary>
    public Instant? DueAt => Status == HoldStatus.Open ? ExpiresAt : null;

    /// <summary>What its last capture took above the authorised amount.</summary>
    public long Over => Captured + Released + Expired + Remaining - Authorised;

    /// <summary>How far captures may go above what remains.</summary>
    public long MostOver => (MaxAmount ?? Authorised) - Authorised;

    /// <summary>More is reserved.</summary>
    /// <param name="by">In minor units, more than zero.</param>
    /// <param name="max">The new limit of captures; null leaves the old one, which is never below what is authorised.</param>
    internal HoldState Increase(long by, long? max) => this with
    {
        Authorised = Authorised + by,
        Remaining = Remaining + by,
        MaxAmount = max ?? (MaxAmount is { } before ? Math.Max(before, Authorised + by) : null),
    };

    /// <summary>It ends later.</summary>
    internal HoldState Extend(Instant? end) => this with { ExpiresAt = end };

    /// <summary>A part of what remains is free again, or all of it.</summary>
    internal HoldState Release(long amount) => this with
    {
        Released = Released + amount,
        Remaining = Remaining - amount,
        Status = amount == Remaining ? HoldStatus.Released : Status,
    };

    /// <summary>What remains is free again, as its time came.</summary>
    internal HoldState Expire() => this with { Expired = Expired + Remaining, Remaining = 0, Status = HoldStatus.Expired };

    /// <summary>Something of it is taken; what leaves nothing is the last capture.</summary>
    /// <param name="taken">In minor units; may be above what remains.</param>
    /// <param name="isFinal">Whether what is not taken is released.</param>
    internal HoldState Capture(long taken, bool isFinal)
    {
        var isLast = isFinal || taken >= Remaining;
        return this with
        {
            Captured = Captured + taken,
            Released = Released + (isLast ? Math.Max(0, Remaining - taken) : 0),
            Remaining = isLast ? 0 : Remaining - taken,
            Status = isLast ? HoldStatus.Captured : Status,
        };
    }
}
