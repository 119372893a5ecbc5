using System.Globalization;
using System.Text;
using System.Text.Json;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Engine.Verification;

/// <summary>
/// The journal as one JSON line an operation, with everything that is needed to check the hashes: the first line has the book's secret.
/// See docs/journal.md.
/// </summary>
public static class JournalExport
{
    const int PageLength = 1_000;

    static readonly JsonWriterOptions Options = new() { Encoder = CanonicalText.Encoder };

    /// <summary>
    /// Writes the operations after a number; how many there were. Each page is a snapshot of its own: a slow reader holds nothing back.
    /// </summary>
    /// <param name="withPersonal">Whether the personal values that are not erased are written too.</param>
    public static async Task<long> WriteAsync(
        ILedgerStore store, BookName book, long after, bool withPersonal, Stream output, Action<long>? progress,
        CancellationToken cancellationToken)
    {
        var previous =
            after > 0 ? (await store.GetOperationAsync(book, after, cancellationToken).ConfigureAwait(false))?.Hash ?? default : default;
        BookSecret? secret = (await store.FindBookAsync(book, cancellationToken).ConfigureAwait(false))?.Secret;
        long count = 0;
        while (true)
        {
            var page = await store.ReadJournalAsync(book, after, PageLength, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
                return count;
            foreach (var operation in page)
            {
                using (var json = new Utf8JsonWriter(output, Options))
                    Write(json, operation, previous, secret, withPersonal);
                output.WriteByte((byte)'\n');
                previous = operation.Hash;
                secret = null;
            }

            after = page[^1].Number;
            count += page.Count;
            progress?.Invoke(after);
        }
    }

    static void Write(Utf8JsonWriter json, Operation operation, Digest previous, BookSecret? secret, bool withPersonal)
    {
        json.WriteStartObject();
        if (secret is { } revealed)
            json.WriteString("secret", revealed.Reveal());
        json.WriteString("book", operation.Book.Value);
        json.WriteNumber("number", operation.Number);
        json.WriteNumber("group", operation.Group);
        json.WriteString("kind", operation.Kind.Name());
        json.WriteNumber("kindNumber", (int)operation.Kind);
        json.WriteNumber("atMicroseconds", operation.At.Microseconds);
        json.WriteString("at", operation.At.ToString());
        json.WriteString("actor", operation.Actor.Value);
        json.WriteString("key", operation.Key?.Value);
        json.WriteString("batchKey", operation.Batch is { } batch ? Convert.ToHexStringLower(batch.ToBytes()) : null);
        json.WriteString("fingerprint", operation.Fingerprint.ToString());
        json.WriteString("body", Encoding.UTF8.GetString(operation.Canonical?.Body ?? BodyCodec.Write(operation.Body)));
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
