using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Journal;

namespace Kopeck.Statements.Model;

/// <summary>One movement of a wallet. A posting that moves a wallet in several legs has a line for each.</summary>
public sealed record StatementLine
{
    /// <summary>The operation.</summary>
    public required long Number { get; init; }

    /// <summary>The place of the entry in the operation, from 0.</summary>
    public required int Place { get; init; }

    /// <summary>When it happened.</summary>
    public required Instant At { get; init; }

    /// <summary>What it was.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>The other account; null for deposits and withdrawals, whose other side is the outside world.</summary>
    public required Party? Counterparty { get; init; }

    /// <summary>What it was for.</summary>
    public required string? Description { get; init; }

    /// <summary>In minor units of the wallet's currency; negative is a debit.</summary>
    public required long Amount { get; init; }

    /// <summary>The other side of a conversion; null where nothing was converted.</summary>
    public required OriginalAmount? Original { get; init; }

    /// <summary>Of a capture: the hold that it took something of.</summary>
    public long? Hold { get; init; }

    /// <summary>Of a reversal: the operation that it takes back.</summary>
    public long? Reverses { get; init; }

    /// <summary>What it goes back to: a capture's hold, a reversal's original.</summary>
    public long? RefersTo => Hold ?? Reverses;

    /// <summary>The wallet's balance after it, in minor units.</summary>
    public required long Balance { get; init; }

    /// <summary>
    /// The amount's worth in minor units of the base currency at the quote in force at the operation, rounded half-even once;
    /// null where no quote was in force.
    /// </summary>
    public required Int128? Worth { get; init; }
}
