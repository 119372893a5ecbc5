namespace Kopeck.Laws.Tests.Model;

/// <summary>
/// A leg of a posting; of a capture, where nobody is named to pay; of a reversal, where <paramref name="From"/> is the place of the
/// original's leg.
/// </summary>
public sealed record ModelLeg(long From, long To, string Amount)
{
    public string? Currency { get; init; }
}

/// <summary>A request in plain words: what the model and the ledger are both asked.</summary>
public sealed record ModelCommand(string Kind)
{
    public string? Key { get; init; }

    public bool IsDryRun { get; init; }

    /// <summary>The caller may only read: everything is forbidden.</summary>
    public bool IsReader { get; init; }

    public long From { get; init; }

    public long To { get; init; }

    public string Amount { get; init; } = "";

    public string? Currency { get; init; }

    public string? Code { get; init; }

    public string? Name { get; init; }

    public string? Country { get; init; }

    public string? What { get; init; }

    /// <summary>For quotes: days from today. For terms: for how many days a quote may be used.</summary>
    public int Day { get; init; }

    public IReadOnlyList<ModelLeg> Legs { get; init; } = [];

    /// <summary>The hold that is increased, extended, captured or released.</summary>
    public long Hold { get; init; }

    public string? MaxAmount { get; init; }

    /// <summary>How long a hold lives; a week if neither this nor an end is named.</summary>
    public long? Seconds { get; init; }

    /// <summary>When it ends, in microseconds.</summary>
    public long? ExpiresAt { get; init; }

    public bool IsForever { get; init; }

    /// <summary>The receiver is the outside world.</summary>
    public bool ToCash { get; init; }

    public bool IsFinal { get; init; }

    /// <summary>An increase names the new total, not what is added.</summary>
    public bool IsTotal { get; init; }

    /// <summary>The operation that is reversed.</summary>
    public long Original { get; init; }

    /// <summary>Who bears what the rate moved: house, sender or receiver.</summary>
    public string Difference { get; init; } = "house";

    /// <summary>As much as is available, rather than all or nothing.</summary>
    public bool IsPartial { get; init; }

    /// <summary>What a key stands for: two requests with the same text are the same.</summary>
    public string Canonical => string.Join(
        '|',
        Kind, From, To, Decimals.Canonical(Amount), Currency, Code, Name, Country, What, Day,
        Hold, MaxAmount is null ? null : Decimals.Canonical(MaxAmount), Seconds == 604_800 ? null : Seconds, ExpiresAt, IsForever, ToCash,
        IsFinal, IsTotal,
        Original, Difference, IsPartial,
        string.Join(';', Legs.Select(leg => $"{leg.From}>{leg.To}:{Decimals.Canonical(leg.Amount)}{leg.Currency}")));
}
