using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Ledger.Journal;

namespace Kopeck.Api.Answers;

/// <summary>A feed of the journal: it has no end, and no JSON of its own.</summary>
/// <param name="Watch">Pages of operations in order; an empty one says that time has passed.</param>
/// <param name="Leaves">The hashes of an operation's leaves; null where they were not asked for.</param>
[JsonConverter(typeof(AnswerConverter))]
public sealed record JournalAnswer(
    Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<Operation>>> Watch,
    Func<Operation, IReadOnlyList<Digest>>? Leaves = null) : Answer
{
    /// <summary>The media type over HTTP: server-sent events (WHATWG HTML, section 9.2).</summary>
    public const string EventStream = "text/event-stream";

    /// <summary>An operation as the feed tells it.</summary>
    public OperationAnswer Tell(Operation operation) => Leaves is null
        ? OperationAnswer.Of(operation)
        : OperationAnswer.Of(operation, Leaves(operation));

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json) => throw new NotSupportedException("A feed is written event by event");
}
