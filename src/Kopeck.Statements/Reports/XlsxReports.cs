using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Reports;

/// <summary>A workbook (ISO/IEC 29500): one sheet with the rows and, in bold, the totals; and one about the report.</summary>
sealed class XlsxReports : IReportWriter
{
    // A tab has 31 letters, and the sheets after the first a number.
    const int MaxName = 26;

    public string Format => "xlsx";

    public string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public string Extension => "xlsx";

    public async Task WriteAsync(Report report, Language language, PipeWriter output, CancellationToken cancellationToken)
    {
        await using var workbook = new Workbook(output, report.Pin.At, language.DatePattern);
        var sheet = Begin(workbook, report, language, 1);
        var sheets = 1;
        await foreach (var page in report.ReadPagesAsync(cancellationToken))
        {
            foreach (var row in page)
            {
                if (sheet.Rows >= Sheet.MaxRows - 1_000)
                    sheet = Begin(workbook, report, language, ++sheets);
                WriteRow(sheet, row, report, language);
            }

            await workbook.SendAsync(cancellationToken);
        }

        foreach (var row in report.Totals())
            WriteRow(sheet, ReportTotals.Label(row, language), report, language, isBold: true);
        WriteAbout(workbook.Begin(new SheetLayout(language.About, [28, 70])), report, language);
        await workbook.FinishAsync(cancellationToken);
    }

    static void WriteAbout(Sheet about, Report report, Language language)
    {
        void Fact(string name, Action value)
        {
            about.BeginRow();
            about.Text(name, SheetStyle.Bold);
            value();
            about.EndRow();
        }

        about.BeginRow();
        about.Text(language.Titles[report.Name], SheetStyle.Title);
        about.EndRow();
        Fact(language.Book, () => about.Text(report.Book.Value));
        Fact(language.BaseCurrency, () => about.Text(report.BaseCurrency.Code));
        if (report.Period is { } period)
            Fact(language.Period, () => about.Text($"{language.Format(period.FirstDay)} – {language.Format(period.LastDay)}"));
        if (report.Date is { } date)
            Fact(language.Date, () => about.Date(date));
        Fact(language.Zone, () => about.Text(report.Zone.Id));
        Fact(language.DrawnAt, () => about.Integer(report.Pin.Number));
        Fact(language.TimeIn(report.Zone.Id), () => about.Time(report.Pin.At, report.Zone));
        Fact("SHA-256", () => about.Text(report.Pin.Hash.ToString()));
    }

    static Sheet Begin(Workbook workbook, Report report, Language language, int number)
    {
        var title = language.Titles[report.Name];
        var name = WholeText.Cut(title, MaxName) + (number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {number}"));
        var days =
            report.Period is { } period
                ? $"{language.Format(period.FirstDay)} – {language.Format(period.LastDay)}"
                : language.Format(report.Date ?? report.Zone.DayOf(report.Pin.At));
        var layout = new SheetLayout(
            name, [.. report.Columns.Select(Width)], IsTable: true, FrozenColumns: 1, PageTitle: $"{title}  ·  {report.Book}  ·  {days}");
        var sheet = workbook.Begin(layout);
        sheet.BeginRow();
        foreach (var column in report.Columns)
            sheet.Text(
                ReportHeadings.Of(column, report, language),
                ReportHeadings.IsNumber(column) ? SheetStyle.NumberHeading : SheetStyle.Heading);
        sheet.EndRow();
        return sheet;
    }

    static int Width(string column) => column switch
    {
        "name" or "description" => 34,
        "at" => 19,
        "account" or "customer" or "currency" or "number" or "operations" => 11,
        "kind" or "code" or "date" or "quoteDate" or "rate" => 14,
        _ => 22,
    };

    static void WriteRow(Sheet sheet, ReportCell[] row, Report report, Language language, bool isBold = false)
    {
        sheet.BeginRow();
        foreach (var cell in row)
        {
            if ((cell.Id ?? cell.Count) is { } number)
                sheet.Integer(number);
            else if (cell.Minor is { } minor)
                sheet.Money(minor, cell.Currency, isBold);
            else if (cell.Date is { } date)
                sheet.Date(date);
            else if (cell.At is { } at)
                sheet.Time(at, report.Zone);
            else if (cell.Digits is { } digits)
                sheet.Rate(digits);
            else
                sheet.Text(cell.In(language), isBold ? SheetStyle.Bold : SheetStyle.Wrapped);
        }

        sheet.EndRow();
    }
}
