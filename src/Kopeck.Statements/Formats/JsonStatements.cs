using System.IO.Pipelines;
using System.Text.Json;
using Kopeck.Ledger.Holds;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats;

/// <summary>One JSON object (RFC 8259).</summary>
sealed class JsonStatements : IStatementWriter
{
    public string Format => "json";

    public string MediaType => "application/json";

    public string Extension => "json";

    public async Task WriteAsync(Statement statement, StatementStyle style, PipeWriter output, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(output, StatementJson.Options);
        json.WriteStartObject();
        StatementJson.WriteHeader(json, statement);
        json.WriteStartArray("accounts");
        await foreach (var section in statement.ReadSectionsAsync(cancellationToken))
        {
            json.WriteStartObject();
            StatementJson.WriteAccount(json, section);
            json.WriteStartArray("lines");
            await foreach (var page in section.ReadPagesAsync(cancellationToken))
            {
                foreach (var line in page)
                {
                    json.WriteStartObject();
                    StatementJson.WriteLine(json, line, section.Currency, statement);
                    json.WriteEndObject();
                }

                await FlushAsync(json, output, cancellationToken);
            }

            json.WriteEndArray();
            StatementJson.WriteTotals(json, section, statement.BaseCurrency, await section.ValueClosingAsync(cancellationToken));
            if (section.ReadHoldsAsync is { } read)
                await WriteHoldsAsync(json, output, read(cancellationToken), cancellationToken);
            json.WriteEndObject();
            await FlushAsync(json, output, cancellationToken);
        }

        json.WriteEndArray();
        StatementJson.WriteEnd(json, statement, style);
        json.WriteEndObject();
        await FlushAsync(json, output, cancellationToken);
    }

    static async Task WriteHoldsAsync(
        Utf8JsonWriter json, PipeWriter output, IAsyncEnumerable<IReadOnlyList<Hold>> pages, CancellationToken cancellationToken)
    {
        json.WriteStartArray("holds");
        await foreach (var page in pages)
        {
            foreach (var hold in page)
            {
                json.WriteStartObject();
                StatementJson.WriteHold(json, hold);
                json.WriteEndObject();
            }

            await FlushAsync(json, output, cancellationToken);
        }

        json.WriteEndArray();
    }

    static async ValueTask FlushAsync(Utf8JsonWriter json, PipeWriter output, CancellationToken cancellationToken)
    {
        await json.FlushAsync(cancellationToken);
        await output.SendAsync(cancellationToken);
    }
}
