using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kopeck.Server.Answers;

/// <summary>Writes JSON as the API answers it: the same value gives the same bytes.</summary>
static class JsonText
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        return buffer.WrittenMemory;
    }

    public static void Write(IBufferWriter<byte> buffer, Content content)
    {
        using var json = new Utf8JsonWriter(buffer, Options);
        content.WriteJson(json);
    }

    public static void WriteId(this Utf8JsonWriter json, string name, long id) => json.WriteString(name, id.ToString(CultureInfo.InvariantCulture));

    public static void WriteOptionalId(this Utf8JsonWriter json, string name, long? id) => json.WriteString(name, id?.ToString(CultureInfo.InvariantCulture));

    public static void WriteMetadata(this Utf8JsonWriter json, string name, string? compact)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(compact ?? "{}", skipInputValidation: true);
    }

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
