using System.IO.Pipelines;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Reports;

/// <summary>A workbook (ISO/IEC 29500): one sheet with the rows and, in bold, the totals; and one about the report.</summary>
sealed class XlsxReports : IReportWriter
{
    const int Width = 16;

    public string Format => "xlsx";

    public string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public string Extension => "xlsx";

    public async Task WriteAsync(Report report, Language language, PipeWriter output, CancellationToken cancellationToken)
    {
        await using var workbook = new Workbook(output, report.Pin.At);
        var sheet = Begin(workbook, report, language, report.Name);
        var sheets = 1;
        await foreach (var page in report.ReadPagesAsync(cancellationToken))
        {
            foreach (var row in page)
            {
                if (sheet.Rows >= Sheet.MaxRows - 1_000)
                    sheet = Begin(workbook, report, language, $"{report.Name} {++sheets}");
                WriteRow(sheet, row, isBold: false);
            }

            await workbook.SendAsync(cancellationToken);
        }

        foreach (var row in report.Totals())
            WriteRow(sheet, row, isBold: true);
        var about = workbook.Begin(language.DrawnAt, [28, 70]);
        about.BeginRow();
        about.Text(language.DrawnAt, SheetStyle.Bold);
        about.Integer(report.Pin.Number);
        about.EndRow();
        about.BeginRow();
        about.Text("SHA-256", SheetStyle.Bold);
        about.Text(report.Pin.Hash.ToString());
        about.EndRow();
        about.BeginRow();
        about.Text(language.Time, SheetStyle.Bold);
        about.Time(report.Pin.At);
        about.EndRow();
        if (report.Period is { } period)
        {
            about.BeginRow();
            about.Text(language.Period, SheetStyle.Bold);
            about.Text($"{period.Start} .. {period.End}");
            about.EndRow();
        }

        if (report.Date is { } date)
        {
            about.BeginRow();
            about.Text(language.Reports["date"], SheetStyle.Bold);
            about.Date(date);
            about.EndRow();
        }

        await workbook.FinishAsync(cancellationToken);
    }

    static Sheet Begin(Workbook workbook, Report report, Language language, string name)
    {
        var sheet = workbook.Begin(name, [.. Enumerable.Repeat(Width, report.Columns.Count)]);
        sheet.BeginRow();
        foreach (var column in report.Columns)
            sheet.Text(language.Reports[column], SheetStyle.Bold);
        sheet.EndRow();
        return sheet;
    }

    static void WriteRow(Sheet sheet, ReportCell[] row, bool isBold)
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
            else if (cell.Digits is { } digits)
                sheet.Rate(digits);
            else
                sheet.Text(cell.Text, isBold ? SheetStyle.Bold : SheetStyle.Plain);
        }

        sheet.EndRow();
    }
}
