namespace Kopeck.Laws.Tests.Model;

/// <summary>A leg of a posting.</summary>
public sealed record ModelLeg(long From, long To, string Amount);

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

    /// <summary>For quotes: days from today.</summary>
    public int Day { get; init; }

    public IReadOnlyList<ModelLeg> Legs { get; init; } = [];

    /// <summary>What a key stands for: two requests with the same text are the same.</summary>
    public string Canonical => string.Join('|', Kind, From, To, Decimals.Canonical(Amount), Currency, Code, Name, Country, What, Day, string.Join(';', Legs.Select(leg => $"{leg.From}>{leg.To}:{Decimals.Canonical(leg.Amount)}")));
}
