using System.IO.Pipelines;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Reports;

/// <summary>
/// RFC 4180; the first column says whether a row is a <c>row</c> or a <c>total</c>, and at the end its period (<c>since</c>, <c>until</c>)
/// or <c>date</c>, and the <c>report</c>'s pin.
/// </summary>
sealed class CsvReports : IReportWriter
{
    public string Format => "csv";

    public string MediaType => "text/csv; charset=utf-8";

    public string Extension => "csv";

    public async Task WriteAsync(Report report, Language language, PipeWriter output, CancellationToken cancellationToken)
    {
        var headings = new CsvText(output);
        headings.Text(language.Row);
        foreach (var column in report.Columns)
            headings.Text(language.Reports[column]);
        headings.End();
        await foreach (var page in report.ReadPagesAsync(cancellationToken))
        {
            foreach (var row in page)
                WriteRow(output, "row", row);
            await output.SendAsync(cancellationToken);
        }

        foreach (var row in report.Totals())
            WriteRow(output, "total", row);
        if (report.Period is { } period)
        {
            WriteFact(output, report, "since", period.Start.ToString());
            WriteFact(output, report, "until", period.End.ToString());
        }

        if (report.Date is { } date)
            WriteFact(output, report, "date", PlainText.Of(date));
        var end = new CsvText(output);
        end.Text("report");
        end.Text(report.Name);
        end.Number(report.Pin.Number);
        end.Text(report.Pin.Hash.ToString());
        end.Instant(report.Pin.At);
        end.Text(report.BaseCurrency.Code);
        end.Empty(report.Columns.Count - 5);
        end.End();
        await output.SendAsync(cancellationToken);
    }

    static void WriteFact(PipeWriter output, Report report, string kind, string value)
    {
        var csv = new CsvText(output);
        csv.Text(kind);
        csv.Text(value);
        csv.Empty(report.Columns.Count - 1);
        csv.End();
    }

    static void WriteRow(PipeWriter output, string kind, ReportCell[] row)
    {
        var csv = new CsvText(output);
        csv.Text(kind);
        foreach (var cell in row)
        {
            if ((cell.Id ?? cell.Count) is { } number)
                csv.Number(number);
            else if (cell.Minor is { } minor)
                csv.Money(minor, cell.Currency);
            else if (cell.At is { } at)
                csv.Instant(at);
            else
                csv.Text(cell.Text ?? cell.Digits ?? (cell.Date is { } date ? PlainText.Of(date) : null));
        }

        csv.End();
    }
}
