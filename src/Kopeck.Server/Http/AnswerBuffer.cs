using System.Buffers;
using System.Text.Json;
using Kopeck.Api.Answers;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Http;

/// <summary>Bytes of an answer, written and sent; a thread keeps one for its next answer.</summary>
#pragma warning disable CA1001 // A thread keeps its buffer for as long as it lives, and the writer holds nothing but the buffer.
sealed class AnswerBuffer
#pragma warning restore CA1001
{
    const int Usual = 4 << 10;
    const int MostKept = 256 << 10;

    [ThreadStatic]
    static AnswerBuffer? spare;

    readonly ArrayBufferWriter<byte> bytes = new(Usual);
    readonly Utf8JsonWriter json;

    AnswerBuffer() => json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = CanonicalText.Encoder, SkipValidation = true });

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => bytes.WrittenMemory;

    /// <summary>An answer as JSON.</summary>
    public static AnswerBuffer Write(Answer answer)
    {
        var buffer = Take();
        answer.WriteJson(buffer.json);
        buffer.json.Flush();
        return buffer;
    }

    /// <summary>A refusal as problem details.</summary>
    /// <param name="requestId">The id of the request that is refused.</param>
    public static AnswerBuffer Write(Rejection rejection, string requestId)
    {
        var buffer = Take();
        Problem.Write(buffer.json, rejection, requestId);
        buffer.json.Flush();
        return buffer;
    }

    /// <summary>Gives it back, once nobody reads it any more.</summary>
    public void Return()
    {
        if (bytes.Capacity <= MostKept)
            spare = this;
    }

    static AnswerBuffer Take()
    {
        var buffer = spare ?? new AnswerBuffer();
        spare = null;
        buffer.bytes.ResetWrittenCount();
        buffer.json.Reset();
        return buffer;
    }
}
