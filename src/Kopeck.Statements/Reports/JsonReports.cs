using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Kopeck.Statements.Formats;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Reports;

/// <summary>One JSON object: rows and totals are objects by the names of the columns.</summary>
sealed class JsonReports : IReportWriter
{
    public string Format => "json";

    public string MediaType => "application/json";

    public string Extension => "json";

    public async Task WriteAsync(Report report, Language language, PipeWriter output, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(output, StatementJson.Options);
        json.WriteStartObject();
        json.WriteString("report", report.Name);
        json.WriteString("book", report.Book.Value);
        json.WriteString("baseCurrency", report.BaseCurrency.Code);
        StatementJson.WritePin(json, report.Pin);
        json.WriteString("since", report.Period?.Since?.ToString());
        json.WriteString("until", report.Period?.Until?.ToString());
        json.WriteString("timeZone", report.Zone.Id);
        json.WriteString("date", report.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteStartArray("rows");
        await foreach (var page in report.ReadPagesAsync(cancellationToken))
        {
            foreach (var row in page)
                WriteRow(json, report, row);
            await json.FlushAsync(cancellationToken);
            await output.SendAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteStartArray("totals");
        foreach (var row in report.Totals())
            WriteRow(json, report, row);
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await output.SendAsync(cancellationToken);
    }

    static void WriteRow(Utf8JsonWriter json, Report report, ReportCell[] row)
    {
        json.WriteStartObject();
        for (var index = 0; index < row.Length; index++)
        {
            json.WritePropertyName(report.Columns[index]);
            var cell = row[index];
            if (cell.Count is { } count)
                json.WriteNumberValue(count);
            else
                json.WriteStringValue(
                    cell.Text ?? cell.At?.ToString() ?? cell.Digits ?? cell.Id?.ToString(CultureInfo.InvariantCulture)
                        ?? cell.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? AmountText.Format(cell.Minor, cell.Currency));
        }

        json.WriteEndObject();
    }
}
