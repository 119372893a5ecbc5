using Kopeck.Ledger.Money;
using Kopeck.Statements.Writing;

namespace Kopeck.Api;

/// <summary>What the calls need to know of whoever runs the ledger.</summary>
public sealed record ApiOptions
{
    /// <summary>The base currency of books that are opened without naming one.</summary>
    public required Currency BaseCurrency { get; init; }

    /// <summary>The limit of age of quotes in books that are opened without naming one, in days.</summary>
    public int QuoteMaxAgeDays { get; init; } = 7;

    /// <summary>What the house puts above its statements.</summary>
    public Letterheads Letterheads { get; init; } = Letterheads.None;
}
