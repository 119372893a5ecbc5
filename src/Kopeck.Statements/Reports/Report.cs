using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Reports;

/// <summary>
/// A table about a whole book, pinned at a number of the journal like a statement. Its rows are read while they are written, once.
/// </summary>
public sealed class Report
{
    readonly Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<ReportCell[]>>> pages;
    readonly Func<IReadOnlyList<ReportCell[]>> totals;

    internal Report(Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<ReportCell[]>>> pages, Func<IReadOnlyList<ReportCell[]>> totals)
    {
        this.pages = pages;
        this.totals = totals;
    }

    /// <summary>Its name, such as <c>trial-balance</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The book.</summary>
    public required BookName Book { get; init; }

    /// <summary>The book's base currency.</summary>
    public required Currency BaseCurrency { get; init; }

    /// <summary>Where it was drawn.</summary>
    public required Head Pin { get; init; }

    /// <summary>What it covers, where it is of a period.</summary>
    public StatementPeriod? Period { get; init; }

    /// <summary>The day whose quotes it uses, where it uses any.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Whose days it counts in.</summary>
    public DayZone Zone { get; init; } = DayZone.Utc;

    /// <summary>The columns' names, in the order of the cells: the members of its JSON, and the keys of the headings.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The rows in order, a page at a time.</summary>
    public IAsyncEnumerable<IReadOnlyList<ReportCell[]>> ReadPagesAsync(CancellationToken cancellationToken) => pages(cancellationToken);

    /// <summary>The rows of totals; known when all pages were read.</summary>
    public IReadOnlyList<ReportCell[]> Totals() => totals();
}
