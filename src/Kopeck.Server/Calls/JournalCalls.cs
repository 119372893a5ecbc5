using Kopeck.Ledger.Commands;
using Kopeck.Server.Answers;
using Kopeck.Server.Queries;

namespace Kopeck.Server.Calls;

/// <summary>The journal as a feed.</summary>
static class JournalCalls
{
    // A feed's key is looked at again at every beat: revoking one takes effect within 5 s.
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    public static IEnumerable<Call> All =>
    [
        new("GET", "/v1/journal", "Follows the journal: every operation after a number, in order, then live. As server-sent events, each with its number as id", WatchAsync)
        {
            Scope = Scopes.Read,
            Query = [new("after", ParameterKind.Number, "The last number that you know; 0 if left out. The header Last-Event-ID wins over it")],
            MediaType = JournalContent.EventStream,
            AnswerSchema = "Operation",
        },
    ];

    static async ValueTask<Answer> WatchAsync(CallContext context)
    {
        var after = context.Query.Number("after") ?? 0;
        if (await context.Engine.Store.FindBookAsync(context.Book, context.Cancelled) is { } row && after > row.Head.Number)
            return CallContext.InvalidQuery("after", "in_the_future", $"The last operation is {row.Head.Number}");
        _ = context.Reader;
        return Answer.Of(200, new JournalContent(cancelled => context.Engine.WatchAsync(context.Book, after, Beat, cancelled)));
    }
}
