using Kopeck.Engine.Reading;
using Kopeck.Ledger.Money;

namespace Kopeck.Statements.Model;

/// <summary>One wallet of a statement: its opening balance, its lines in pages, and its totals when the lines were read.</summary>
public sealed class StatementSection
{
    readonly Func<StatementSection, CancellationToken, IAsyncEnumerable<IReadOnlyList<StatementLine>>> pages;
    readonly Func<CancellationToken, Task<EntrySums>> summarize;
    readonly SectionTotals totals = new();

    internal StatementSection(
        Func<StatementSection, CancellationToken, IAsyncEnumerable<IReadOnlyList<StatementLine>>> pages, Func<CancellationToken, Task<EntrySums>> summarize)
    {
        this.pages = pages;
        this.summarize = summarize;
    }

    /// <summary>The wallet.</summary>
    public required Party Account { get; init; }

    /// <summary>The balance before the period, in minor units.</summary>
    public required long Opening { get; init; }

    /// <summary>The balance at the period's end, in minor units: known before the lines are read.</summary>
    public required long Closing { get; init; }

    /// <summary>The wallet's currency.</summary>
    public Currency Currency => Account.Currency;

    /// <summary>The totals of the lines; throws until all pages were read.</summary>
    public SectionTotals Totals => IsRead ? totals : throw new InvalidOperationException("The totals are known when all lines were read");

    internal bool IsRead { get; set; }

    internal SectionTotals Running => totals;

    /// <summary>The lines in order, a page at a time; once.</summary>
    public IAsyncEnumerable<IReadOnlyList<StatementLine>> ReadPagesAsync(CancellationToken cancellationToken) => pages(this, cancellationToken);

    /// <summary>Counts and sums for formats that want them before the lines: a pass of the database's own over the entries.</summary>
    public Task<EntrySums> SummarizeAsync(CancellationToken cancellationToken) => summarize(cancellationToken);
}
