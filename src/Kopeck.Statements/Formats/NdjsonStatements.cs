using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats;

/// <summary>
/// JSON objects, one a text line: the statement, then for each wallet the account, its lines and its totals, then the end.
/// </summary>
sealed class NdjsonStatements : IStatementWriter
{
    public string Format => "ndjson";

    public string MediaType => "application/x-ndjson";

    public string Extension => "ndjson";

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(output, StatementJson.Options);
        WriteRow(json, output, "statement", () => StatementJson.WriteHeader(json, statement));
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            WriteRow(json, output, "account", () => StatementJson.WriteAccount(json, section));
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                {
                    json.WriteStartObject();
                    json.WriteString("type"u8, "line"u8);
                    StatementJson.WriteLine(json, line, section.Currency, statement);
                    End(json, output);
                }

                await output.SendAsync(cancellationToken);
            }

            var closingWorth = await section.ValueClosingAsync(cancellationToken);
            WriteRow(json, output, "total", () => StatementJson.WriteTotals(json, section, statement.BaseCurrency, closingWorth));
            await output.SendAsync(cancellationToken);
            if (section.ReadHoldsAsync is not { } read)
                continue;
            await foreach (var page in read(cancellationToken))
            {
                foreach (var hold in page)
                    WriteRow(json, output, "hold", () => StatementJson.WriteHold(json, hold));
                await output.SendAsync(cancellationToken);
            }
        }

        WriteRow(json, output, "end", () => StatementJson.WriteEnd(json, statement, style));
        await output.SendAsync(cancellationToken);
    }

    static void WriteRow(Utf8JsonWriter json, PipeWriter output, string type, Action write)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        write();
        End(json, output);
    }

    static void End(Utf8JsonWriter json, PipeWriter output)
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset(output);
        output.Write("\n"u8);
    }
}
