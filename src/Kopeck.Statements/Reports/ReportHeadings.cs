using System.Globalization;
using Kopeck.Statements.Languages;

namespace Kopeck.Statements.Reports;

/// <summary>The headings of a report's columns.</summary>
static class ReportHeadings
{
    /// <summary>A column's heading in words; of times with their zone, of worths with their currency.</summary>
    public static string Of(string column, Report report, Language language) => column switch
    {
        "at" => language.TimeIn(report.Zone.Id),
        "worth" => string.Format(CultureInfo.InvariantCulture, language.Worth, report.BaseCurrency.Code),
        _ => language.Reports[column],
    };

    /// <summary>Whether a column has numbers, which stand at the right.</summary>
    public static bool IsNumber(string column) =>
        column is not ("kind" or "code" or "name" or "currency" or "date" or "at" or "quoteDate" or "description");
}
