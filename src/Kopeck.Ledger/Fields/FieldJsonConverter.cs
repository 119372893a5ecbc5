using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kopeck.Ledger.Fields;

/// <summary>A field as a JSON string.</summary>
public sealed class FieldJsonConverter<TField> : JsonConverter<TField>
    where TField : struct, IField<TField>
{
    /// <inheritdoc/>
    public override TField Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TField.TryParse(reader.GetString(), out var value, out _)
            ? value
            : throw new JsonException($"Not a {TField.Type.Name}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TField value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
