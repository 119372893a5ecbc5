using System.Runtime.CompilerServices;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;

namespace Kopeck.Statements.Model;

/// <summary>
/// A statement of a wallet or of all of a customer's wallets, pinned at a number of the journal: drawn again at the same number it is the
/// same. The sections are read from the store while they are written, in order and once.
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

    /// <summary>
    /// Where it was drawn: the number, the hash and the instant of the last operation that it knows of. The instant is the time of its
    /// making.
    /// </summary>
    public required Head Pin { get; init; }

    /// <summary>What it covers.</summary>
    public required StatementPeriod Period { get; init; }

    /// <summary>Whose days it counts in.</summary>
    public DayZone Zone => Period.Zone;

    /// <summary>Whether the holds that are open at the pin are told.</summary>
    public bool WithHolds { get; init; }

    /// <summary>Whose it is, as of the pin; null for the card of an account that is nobody's.</summary>
    public required Customer? Customer { get; init; }

    /// <summary>The account, for a statement of one; null for one of all the customer's wallets.</summary>
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
