using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

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
        ],
    };

    /// <summary>The last number that is known; 0 if left out.</summary>
    public long? After { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<JournalAnswer>> RunAsync(CallContext context, WatchRequest request)
    {
        var after = request.After ?? 0;
        if (await context.Api.Engine.Store.FindBookAsync(
            context.Book, context.Cancelled).ConfigureAwait(false) is { } row && after > row.Head.Number)
            return Refusals.InvalidQuery("after", new FieldError("in_the_future", $"The last operation is {row.Head.Number}"));
        context.RequireRunning();
        return new JournalAnswer(cancelled => context.Api.Engine.WatchAsync(context.Book, after, Beat, cancelled));
    }
}
