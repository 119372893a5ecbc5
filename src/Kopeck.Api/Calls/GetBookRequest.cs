using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>Asks for the key's book: its terms, and where its journal stands.</summary>
public sealed record GetBookRequest : CallRequest<BookAnswer>
{
    static readonly Call Definition = new Call<GetBookRequest, BookAnswer>(
        "GET", "/v1/book", "The key's book: its terms, and where its journal stands", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "Book",
    };

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<BookAnswer>> RunAsync(CallContext context, GetBookRequest request)
    {
        context.RequireRunning();
        return await context.Api.Engine.Store.FindBookAsync(context.Book, context.Cancelled).ConfigureAwait(false) is { } row
            ? BookAnswer.Of(row)
            : Refusals.NotFound("book", context.Book.Value);
    }
}
