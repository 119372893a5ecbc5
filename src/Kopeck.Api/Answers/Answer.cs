using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Answers;

/// <summary>What a call answers. As JSON it is what the server answers over HTTP, byte for byte.</summary>
[JsonConverter(typeof(AnswerConverter))]
public abstract record Answer
{
    static readonly JsonWriterOptions Options = new() { Encoder = CanonicalText.Encoder, SkipValidation = true };

    /// <summary>Writes it as a JSON value.</summary>
    public abstract void WriteJson(Utf8JsonWriter json);

    /// <summary>Writes it as UTF-8.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        WriteJson(json);
    }

    /// <summary>The JSON that the server answers.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        WriteTo(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
