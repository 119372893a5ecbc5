using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Ledger.Journal;

namespace Kopeck.Api.Answers;

/// <summary>A feed of the journal: it has no end, and no JSON of its own.</summary>
/// <param name="Watch">Pages of operations in order; an empty one says that time has passed.</param>
[JsonConverter(typeof(AnswerConverter))]
public sealed record JournalAnswer(Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<Operation>>> Watch) : Answer
{
    /// <summary>The media type over HTTP: server-sent events (WHATWG HTML, section 9.2).</summary>
    public const string EventStream = "text/event-stream";

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json) => throw new NotSupportedException("A feed is written event by event");
}
