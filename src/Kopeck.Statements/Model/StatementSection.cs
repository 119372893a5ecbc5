using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Money;

namespace Kopeck.Statements.Model;

/// <summary>One wallet of a statement: its opening balance, its lines in pages, and its totals when the lines were read.</summary>
public sealed class StatementSection
{
    readonly Func<StatementSection, CancellationToken, IAsyncEnumerable<IReadOnlyList<StatementLine>>> pages;
    readonly Func<CancellationToken, Task<EntrySums>> summarize;
    readonly Func<long, CancellationToken, Task<Int128?>> value;
    readonly SectionTotals totals = new();

    internal StatementSection(
        Func<StatementSection, CancellationToken, IAsyncEnumerable<IReadOnlyList<StatementLine>>> pages,
        Func<CancellationToken, Task<EntrySums>> summarize,
        Func<long, CancellationToken, Task<Int128?>> value)
    {
        this.value = value;
        this.pages = pages;
        this.summarize = summarize;
    }

    /// <summary>The wallet.</summary>
    public required Party Account { get; init; }

    /// <summary>The balance before the period, in minor units.</summary>
    public required long Opening { get; init; }

    /// <summary>The balance at the period's end, in minor units: known before the lines are read.</summary>
    public required long Closing { get; init; }

    /// <summary>What open holds reserve of it at the period's end, in minor units. It is no movement, and no part of a balance.</summary>
    public required long Held { get; init; }

    /// <summary>What of the closing balance no hold reserves; null where there is no hold, and so nothing more to tell.</summary>
    public long? Available => Held == 0 ? null : Closing - Held;

    /// <summary>What may still happen to the wallet, as of the pin.</summary>
    public required AccountStatus Status { get; init; }

    /// <summary>The holds that are open at the pin, newest first, a page at a time; null where nobody asked for them.</summary>
    public Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<Hold>>>? ReadHoldsAsync { get; init; }

    /// <summary>The wallet's currency.</summary>
    public Currency Currency => Account.Currency;

    /// <summary>The totals of the lines; throws until all pages were read.</summary>
    public SectionTotals Totals => IsRead ? totals : throw new InvalidOperationException("The totals are known when all lines were read");

    internal bool IsRead { get; set; }

    internal SectionTotals Running => totals;

    /// <summary>The lines in order, a page at a time; once.</summary>
    public IAsyncEnumerable<IReadOnlyList<StatementLine>> ReadPagesAsync(CancellationToken cancellationToken) =>
        pages(this, cancellationToken);

    /// <summary>Counts and sums for formats that want them before the lines: a pass of the database's own over the entries.</summary>
    public Task<EntrySums> SummarizeAsync(CancellationToken cancellationToken) => summarize(cancellationToken);

    /// <summary>
    /// What the closing balance is worth in the base currency on the period's last day; null where no quote was in force.
    /// </summary>
    public Task<Int128?> ValueClosingAsync(CancellationToken cancellationToken) => value(Closing, cancellationToken);
}
