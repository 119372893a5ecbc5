using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Api.Calls;

/// <summary>Asks to follow the journal after a number: what is there, then what is committed, in order and without a gap.</summary>
public sealed record WatchRequest : CallRequest<JournalAnswer>
{
    // A feed's key is looked at again at every beat: revoking one takes effect within 5 s.
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    static readonly Call Definition = new Call<WatchRequest, JournalAnswer>(
        "GET",
        "/v1/journal",
        "Follows the journal: every operation after a number, in order, then live. As server-sent events, each with its number as id",
        RunAsync)
    {
        Scope = Scopes.Read,
        MediaType = JournalAnswer.EventStream,
        AnswerSchema = "Operation",
        Query = take =>
        [
            take.QueryNumber(
                "after",
                "The last number that you know; 0 if left out. The header Last-Event-ID wins over it",
                r => r.After,
                (r, number) => r.After = number),
            take.QueryFlag(
                "leaves",
                "true: each operation with the hashes of its leaves, of which its own hash is made",
                r => r.Leaves,
                (r, flag) => r.Leaves = flag),
        ],
    };

    /// <summary>The last number that is known; 0 if left out.</summary>
    public long? After { get; set; }

    /// <summary>Whether each operation comes with the hashes of its leaves.</summary>
    public bool Leaves { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<JournalAnswer>> RunAsync(CallContext context, WatchRequest request)
    {
        var after = request.After ?? 0;
        var row = await context.Api.Engine.Store.FindBookAsync(context.Book, context.Cancelled).ConfigureAwait(false);
        if (row is not null && after > row.Head.Number)
            return Refusals.InvalidQuery("after", new FieldError("in_the_future", $"The last operation is {row.Head.Number}"));
        context.RequireRunning();
        return new JournalAnswer(
            cancelled => context.Api.Engine.WatchAsync(context.Book, after, Beat, cancelled),
            request.Leaves && row is not null ? operation => OperationHash.Leaves(row.Secret, operation, operation.Canonical!) : null);
    }
}
