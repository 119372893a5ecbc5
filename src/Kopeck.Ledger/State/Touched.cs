using System.Collections.Immutable;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Reversals;

namespace Kopeck.Ledger.State;

/// <summary>What an operation made or changed, beside what its entries moved. What it made has the operation's number as its id.</summary>
public sealed record Touched
{
    /// <summary>Nothing: what moved is in the entries.</summary>
    public static Touched Nothing { get; } = new();

    /// <summary>Accounts that it opened, or whose status or floor it changed.</summary>
    public ImmutableArray<long> Accounts { get; init; } = [];

    /// <summary>Customers that it registered, changed or erased.</summary>
    public ImmutableArray<long> Customers { get; init; } = [];

    /// <summary>Those of the customers whose personal values, past and present, are deleted.</summary>
    public ImmutableArray<long> Erased { get; init; } = [];

    /// <summary>Quotes that it loaded.</summary>
    public ImmutableArray<Quote> Quotes { get; init; } = [];

    /// <summary>The book's terms from then on, where it changed them.</summary>
    public BookTerms? Terms { get; init; }

    /// <summary>What it did to holds.</summary>
    public ImmutableArray<HoldChange> Holds { get; init; } = [];

    /// <summary>Holds that it placed, as it left them.</summary>
    public ImmutableArray<Hold> Placed { get; init; } = [];

    /// <summary>What it captured, and of which hold.</summary>
    public ImmutableArray<(long Hold, HoldCapture Capture)> Captures { get; init; } = [];

    /// <summary>What it took of the legs of another operation.</summary>
    public ImmutableArray<ReversalRow> Reversals { get; init; } = [];

    /// <summary>The operation that it reversed, and whether nothing of that remains.</summary>
    public (long Number, bool IsWhole)? Reversed { get; init; }

    /// <summary>One account.</summary>
    internal static Touched Account(long id) => new() { Accounts = [id] };

    /// <summary>One customer.</summary>
    internal static Touched Customer(long id) => new() { Customers = [id] };
}
