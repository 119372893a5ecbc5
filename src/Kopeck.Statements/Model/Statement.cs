using System.Runtime.CompilerServices;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;

namespace Kopeck.Statements.Model;

/// <summary>
/// A statement of a wallet or of all of a customer's wallets, pinned at a number of the journal: drawn again at the same number it is the same.
/// The sections are read from the store while they are written, in order and once.
/// </summary>
public sealed class Statement
{
    readonly Func<CancellationToken, IAsyncEnumerable<StatementSection>> sections;
    readonly SectionTotals totals;

    internal Statement(Func<CancellationToken, IAsyncEnumerable<StatementSection>> sections, SectionTotals totals)
    {
        this.sections = sections;
        this.totals = totals;
    }

    /// <summary>The book.</summary>
    public required BookName Book { get; init; }

    /// <summary>The currency that the worths are in.</summary>
    public required Currency BaseCurrency { get; init; }

    /// <summary>Where it was drawn: the number, the hash and the instant of the last operation that it knows of. The instant is the time of its making.</summary>
    public required Head Pin { get; init; }

    /// <summary>What it covers.</summary>
    public required StatementPeriod Period { get; init; }

    /// <summary>Whose it is, as of the pin.</summary>
    public required Customer Customer { get; init; }

    /// <summary>The wallet, for a statement of one wallet; null for one of all the customer's wallets.</summary>
    public required Party? Wallet { get; init; }

    /// <summary>One section a wallet, by id. Each must be read to its end before the next.</summary>
    public async IAsyncEnumerable<StatementSection> ReadSectionsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var section in sections(cancellationToken))
        {
            yield return section;
            totals.Add(section.Totals);
        }
    }

    internal IAsyncEnumerable<StatementSection> OpenSectionsAsync(CancellationToken cancellationToken) => sections(cancellationToken);

    /// <summary>What all sections amount to in the base currency: known when all were read.</summary>
    public SectionTotals Totals => totals;
}

/// <summary>A period as it was asked for and as it is covered.</summary>
/// <param name="Since">Inclusive; null is from the first operation on.</param>
/// <param name="Until">Exclusive; null is open.</param>
/// <param name="From">The number of the last operation before it.</param>
/// <param name="To">The number of the last operation that may belong to it.</param>
/// <param name="Start">The instant that it starts with: <paramref name="Since"/>, or the book's opening.</param>
/// <param name="End">The instant that it ends with: <paramref name="Until"/>, or the pinned instant where that is not reached yet; never before <paramref name="Start"/>.</param>
public sealed record StatementPeriod(Ledger.Instant? Since, Ledger.Instant? Until, long From, long To, Ledger.Instant Start, Ledger.Instant End)
{
    /// <summary>Whether the period goes on after the pin.</summary>
    public bool IsOpen => Until is null || End < Until;
}
