using Kopeck.Statements.Languages;

namespace Kopeck.Statements.Reports;

/// <summary>Rows of totals on pages for people.</summary>
static class ReportTotals
{
    /// <summary>The row with the word "Total" in its first column, before what stands there.</summary>
    public static ReportCell[] Label(ReportCell[] row, Language language) =>
        [ReportCell.OfText(row[0].Text is { } text ? $"{language.Total}, {text}" : language.Total), .. row[1..]];
}
