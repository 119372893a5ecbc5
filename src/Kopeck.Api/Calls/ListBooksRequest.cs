using Kopeck.Api.Answers;

namespace Kopeck.Api.Calls;

/// <summary>Asks for the books of the database.</summary>
public sealed record ListBooksRequest : CallRequest<ListAnswer<BookAnswer>>
{
    static readonly Call Definition = new Call<ListBooksRequest, ListAnswer<BookAnswer>>("GET", "/v1/books", "Lists the books", RunAsync)
    {
        IsOperators = true,
        AnswerSchema = "BookList",
    };

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<ListAnswer<BookAnswer>>> RunAsync(CallContext context, ListBooksRequest request)
    {
        var books = await context.Api.Engine.Store.ListBooksAsync(context.Cancelled).ConfigureAwait(false);
        return new ListAnswer<BookAnswer>([.. books.Select(book => BookAnswer.Of(book))]);
    }
}
