using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Verification;

/// <summary>The journal as one JSON line an operation, with everything that is needed to check the hashes. See docs/journal.md.</summary>
public static class JournalExport
{
    const int PageLength = 1_000;

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the operations after a number; how many there were. Each page is a snapshot of its own: a slow reader holds nothing back.</summary>
    /// <param name="withPersonal">Whether the personal values that are not erased are written too.</param>
    public static async Task<long> WriteAsync(ILedgerReader reader, BookName book, long after, bool withPersonal, Stream output, Action<long>? progress, CancellationToken cancellationToken)
    {
        var previous = after > 0 ? (await reader.GetOperationAsync(book, after, cancellationToken))?.Hash ?? default : default;
        long count = 0;
        while (true)
        {
            var page = await reader.ReadJournalAsync(book, after, PageLength, cancellationToken);
            if (page.Count == 0)
                return count;
            foreach (var operation in page)
            {
                using (var json = new Utf8JsonWriter(output, Options))
                    Write(json, operation, previous, withPersonal);
                output.WriteByte((byte)'\n');
                previous = operation.Hash;
            }

            after = page[^1].Number;
            count += page.Count;
            progress?.Invoke(after);
        }
    }

    static void Write(Utf8JsonWriter json, Operation operation, Digest previous, bool withPersonal)
    {
        json.WriteStartObject();
        json.WriteString("book", operation.Book.Value);
        json.WriteNumber("number", operation.Number);
        json.WriteNumber("group", operation.Group);
        json.WriteString("kind", operation.Kind.Name());
        json.WriteNumber("kindNumber", (int)operation.Kind);
        json.WriteNumber("atMicroseconds", operation.At.Microseconds);
        json.WriteString("at", operation.At.ToString());
        json.WriteString("actor", operation.Actor.Value);
        json.WriteString("key", operation.Key?.Value);
        json.WriteString("fingerprint", operation.Fingerprint.ToString());
        json.WriteString("body", Encoding.UTF8.GetString(operation.Canonical?.Body ?? BodyJson.Write(operation.Body)));
        json.WriteStartArray("entries");
        foreach (var entry in operation.Entries)
        {
            json.WriteStartObject();
            json.WriteNumber("account", entry.Account);
            json.WriteString("currency", entry.Currency.Code);
            json.WriteNumber("minorUnits", entry.Currency.MinorUnits);
            json.WriteString("amountMinor", entry.Amount.ToString(CultureInfo.InvariantCulture));
            json.WriteString("balanceMinor", entry.Balance.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (withPersonal && operation.Personal is { } personal)
            WritePersonal(json, personal);
        json.WriteString("previousHash", previous.ToString());
        json.WriteString("hash", operation.Hash.ToString());
        json.WriteEndObject();
    }

    static void WritePersonal(Utf8JsonWriter json, PersonalValues personal)
    {
        json.WriteStartObject("personal");
        json.WriteString("salt", personal.Salt.ToString());
        json.WriteStartObject("values");
        for (var column = 0; column < CustomerDetails.Columns.Count; column++)
        {
            if (personal.Details[column] is { } text)
                json.WriteString(CustomerDetails.Columns[column].Name, text);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
