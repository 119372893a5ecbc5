using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>Asks for the book's API keys.</summary>
public sealed record ListKeysRequest : CallRequest<ListAnswer<KeyAnswer>>
{
    static readonly Call Definition = new Call<ListKeysRequest, ListAnswer<KeyAnswer>>(
        "GET", "/v1/keys", "Lists the book's API keys, without their secrets", RunAsync)
    {
        Scope = Scopes.Admin,
        AnswerSchema = "KeyList",
    };

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<ListAnswer<KeyAnswer>>> RunAsync(CallContext context, ListKeysRequest request)
    {
        var keys = await context.Api.Keys.ListAsync(context.Book, context.Cancelled).ConfigureAwait(false);
        return new ListAnswer<KeyAnswer>([.. keys.Select(key => KeyAnswer.Of(key))]);
    }
}
