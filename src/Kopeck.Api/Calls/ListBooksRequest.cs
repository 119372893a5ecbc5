using Kopeck.Api.Answers;

namespace Kopeck.Api.Calls;

/// <summary>Asks for the books of the database. Those that cannot be read now are named.</summary>
public sealed record ListBooksRequest : CallRequest<BookListAnswer>
{
    static readonly Call Definition = new Call<ListBooksRequest, BookListAnswer>("GET", "/v1/books", "Lists the books", RunAsync)
    {
        IsOperators = true,
        AnswerSchema = "BookList",
    };

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<BookListAnswer>> RunAsync(CallContext context, ListBooksRequest request)
    {
        var books = await context.Api.Engine.Store.ListBooksAsync(context.Cancelled).ConfigureAwait(false);
        return new BookListAnswer(
            [.. books.Select(book => BookAnswer.Of(book))], [.. books.Unreadable.Select(book => book.Book.Value)]);
    }
}
