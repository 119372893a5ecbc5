using System.IO.Pipelines;
using Kopeck.Statements.Formats.Pdf;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Reports;

/// <summary>PDF 1.7: the rows in a table with headings on every page, and the totals.</summary>
sealed class PdfReports : IReportWriter
{
    public string Format => "pdf";

    public string MediaType => "application/pdf";

    public string Extension => "pdf";

    public async Task WriteAsync(Report report, Language language, PipeWriter output, CancellationToken cancellationToken)
    {
        var title = language.Titles[report.Name];
        var footer =
            $"{report.Book}  ·  {language.DrawnAt} {PlainText.Of(report.Pin.Number)}  ·  {PdfFacts.Time(report.Pin.At, report.Zone, language)} {report.Zone}  ·  {report.Pin.Hash}";
        using var document = new PdfDocument(output, language, null, report.Pin.At, footer, isPortrait: false);
        var flow = PdfHead.Begin(document.Pages, null, title, $"{title}  ·  {report.Book}");
        var days = report.Period is { } period ? $"{language.Format(period.FirstDay)} – {language.Format(period.LastDay)}" : null;
        PdfHead.Facts(
            flow,
            (language.Book, report.Book.Value),
            (language.BaseCurrency, report.BaseCurrency.Code),
            (language.Period, days is null ? null : $"{days} ({report.Zone})"),
            (language.Date, report.Date is { } date ? language.Format(date) : null));
        var table = new PdfTable(flow, Columns(report, language, document.Pages.Inside));
        await foreach (var page in report.ReadPagesAsync(cancellationToken))
        {
            foreach (var row in page)
                table.Row([.. row.Select(cell => Text(cell, report, language))]);
            await output.SendAsync(cancellationToken);
        }

        foreach (var row in report.Totals())
            table.Row([.. ReportTotals.Label(row, language).Select(cell => Text(cell, report, language))], isBold: true);
        table.Finish();
        PdfHead.Boxes(flow, language);
        document.Finish(
            $"{title}: {report.Book}", $"{report.Name}/{report.Book}/{report.Pin.Hash}/{days}/{report.Date}/{report.Zone}/{language.Code}");
        await output.SendAsync(cancellationToken);
    }

    /// <summary>The page's width shared out by what the columns hold.</summary>
    static PdfColumn[] Columns(Report report, Language language, int width)
    {
        var shares = report.Columns.Select(Share).ToList();
        var whole = shares.Sum();
        return [.. report.Columns.Select((column, index) =>
            new PdfColumn(
                ReportHeadings.Of(column, report, language), (int)((long)width * shares[index] / whole), ReportHeadings.IsNumber(column)))];
    }

    static int Share(string column) => column switch
    {
        "name" or "description" => 100,
        "at" => 78,
        "kind" => 50,
        "code" or "date" or "quoteDate" or "rate" => 56,
        "account" or "customer" or "currency" or "number" or "operations" => 44,
        _ => 66,
    };

    static string? Text(ReportCell cell, Report report, Language language)
    {
        if (cell.Minor is { } minor)
            return language.Grouped(AmountText.Format(minor, cell.Currency));
        if (cell.At is { } at)
            return PdfFacts.Time(at, report.Zone, language);
        if (cell.Date is { } date)
            return language.Format(date);
        if ((cell.Id ?? cell.Count) is { } number)
            return PlainText.Of(number);
        return cell.Digits is { } digits ? language.Grouped(digits) : cell.In(language);
    }
}
