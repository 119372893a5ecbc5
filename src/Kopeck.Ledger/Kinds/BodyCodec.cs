using System.Text.Json;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;

namespace Kopeck.Ledger.Kinds;

/// <summary>The canonical JSON of an operation's body: these bytes are stored and hashed. See docs/journal.md.</summary>
public static class BodyCodec
{
    [ThreadStatic]
    static CanonicalJson? threadJson;

    /// <summary>The canonical bytes.</summary>
    public static byte[] Write(OperationBody body)
    {
        var json = threadJson ??= new CanonicalJson();
        json.Clear();
        json.StartObject();
        KindList.Of(body.Kind).Encode(json, body);
        json.EndObject();
        return json.Written.ToArray();
    }

    /// <summary>
    /// Reads canonical bytes back, also those that today's limits would refuse. Throws <see cref="FormatException"/> for what no program
    /// ever wrote.
    /// </summary>
    public static OperationBody Read(OperationKind kind, ReadOnlyMemory<byte> utf8)
    {
        if (!KindList.TryFind(kind, out var found))
            throw new FormatException($"There is no operation kind {(int)kind}");
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return found.Decode(new Stored(document.RootElement));
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or OverflowException or ArgumentException)
        {
            throw new FormatException($"The body of a {found.Name} is not canonical: {exception.Message}", exception);
        }
    }
}
