using System.Buffers;
using System.Text;
using System.Text.Json;
using Kopeck.Ledger.Reference;

namespace Kopeck.Ledger.Fields;

/// <summary>Reads a JSON object of the caller's own: kept compact in its order, its numbers as they are written.</summary>
public static class MetadataReader
{
    const int MaxDepth = 16;

    // As deep as a body over HTTP is read, of which the metadata are a member.
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 31 };

    static readonly JsonWriterOptions Compact = new() { Encoder = CanonicalText.Encoder };

    /// <summary>Reads a text. Throws <see cref="JsonException"/> where it is no JSON with each member once.</summary>
    public static string? Read(string text, FieldType type, out FieldError? error)
    {
        using var json = Parse(text);
        return Read(json.RootElement, type, out error);
    }

    /// <summary>Reads a value; null with an error where it is not valid.</summary>
    public static string? Read(JsonElement json, FieldType type, out FieldError? error)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            error = new FieldError("wrong_type", "Metadata is a JSON object, such as {\"order\": \"81\"}");
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using (var writer = new Utf8JsonWriter(buffer, Compact))
                error = Copy(json, writer, 1);
        }
        catch (InvalidOperationException)
        {
            error = new FieldError("unpaired_surrogate", "A text has an unpaired surrogate: send whole characters");
        }

        if (error is not null)
            return null;
        return TextRules.TryNormalize(type, Encoding.UTF8.GetString(buffer.WrittenSpan), out var compact, out error) ? compact : null;
    }

    static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A member's name has an unpaired surrogate", exception);
        }
    }

    static FieldError? Copy(JsonElement json, Utf8JsonWriter writer, int depth)
    {
        if (depth > MaxDepth)
            return new FieldError("too_deep", $"Metadata nest {MaxDepth} deep at most");
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                return CopyObject(json, writer, depth);
            case JsonValueKind.Array:
                return CopyArray(json, writer, depth);
            case JsonValueKind.String:
                var text = json.GetString()!;
                writer.WriteStringValue(NormalForm.Compose(text));
                return CheckText(text);
            case JsonValueKind.Number:
                writer.WriteRawValue(json.GetRawText());
                return null;
            default:
                json.WriteTo(writer);
                return null;
        }
    }

    static FieldError? CopyObject(JsonElement json, Utf8JsonWriter writer, int depth)
    {
        writer.WriteStartObject();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            var name = NormalForm.Compose(property.Name);
            if (!names.Add(name))
                return new FieldError(
                    "duplicate_member", "Two members of the metadata have the same name in Unicode's normal form: leave one out");
            writer.WritePropertyName(name);
            if ((CheckText(property.Name) ?? Copy(property.Value, writer, depth + 1)) is { } error)
                return error;
        }

        writer.WriteEndObject();
        return null;
    }

    static FieldError? CopyArray(JsonElement json, Utf8JsonWriter writer, int depth)
    {
        writer.WriteStartArray();
        foreach (var item in json.EnumerateArray())
        {
            if (Copy(item, writer, depth + 1) is { } error)
                return error;
        }

        writer.WriteEndArray();
        return null;
    }

    static FieldError? CheckText(string text) =>
        text.Any(char.IsControl)
            ? new FieldError("control_character", "A text in the metadata has a control character: leave it out")
            : null;
}
