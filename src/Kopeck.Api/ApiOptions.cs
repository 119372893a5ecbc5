using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;
using Kopeck.Statements.Writing;

namespace Kopeck.Api;

/// <summary>What the calls need to know of whoever runs the ledger.</summary>
public sealed record ApiOptions
{
    /// <summary>The base currency of books that are opened without naming one.</summary>
    public required Currency BaseCurrency { get; init; }

    /// <summary>The terms of books that are opened without naming them.</summary>
    public BookTerms Terms { get; init; } = new(7, BookTerms.Utc);

    /// <summary>What the house puts above its statements.</summary>
    public Letterheads Letterheads { get; init; } = Letterheads.None;
}
