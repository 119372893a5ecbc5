using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Statements;

namespace Kopeck.Api.Answers;

/// <summary>A file in a format of its own, named and pinned, and written while it is read.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record FileAnswer(StatementFile File) : Answer
{
    /// <summary>Writes it to a stream, which stays open.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellationToken = default)
    {
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        try
        {
            await File.WriteAsync(pipe, cancellationToken).ConfigureAwait(false);
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await pipe.CompleteAsync(exception).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json) => throw new NotSupportedException("A file is written in its own format");
}
