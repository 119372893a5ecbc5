using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Answers;
using Kopeck.Server.Bodies;

namespace Kopeck.Server.Calls;

/// <summary>Books: the operator's.</summary>
static class BookCalls
{
    static readonly KeyName AdministratorKey = KeyName.Parse("admin");

    static readonly Shape Body = new("OpenBook",
    [
        new Member("name", MemberKind.Text, "The book's name") { IsRequired = true, Field = FieldTypes.BookName },
        new Member("baseCurrency", MemberKind.Currency, "What quotes are in; the server's if left out"),
        new Member("quoteMaxAgeDays", MemberKind.WholeNumber, "For how long a quote may be used; the server's if left out") { Field = FieldTypes.QuoteMaxAgeDays },
    ]);

    public static IEnumerable<Call> All =>
    [
        new("GET", "/v1/books", "Lists the books", ListAsync) { IsOperators = true, AnswerSchema = "BookList" },
        new("POST", "/v1/books", "Opens a book; its administrator's key is shown this once", OpenAsync) { IsOperators = true, BodyKind = BodyKind.Json, Body = Body, Success = 201, AnswerSchema = "NewBook" },
    ];

    static async ValueTask<Answer> ListAsync(CallContext context)
    {
        var books = await context.Engine.Store.ListBooksAsync(context.Cancelled);
        return CallContext.List(books, book => BookContent.Of(book));
    }

    static async ValueTask<Answer> OpenAsync(CallContext context)
    {
        var book = BookName.Parse(context.Body.Text("name"));
        var currency = context.Body.OptionalCurrency("baseCurrency") ?? context.Options.BaseCurrency;
        var days = (int)(context.Body.OptionalNumber("quoteMaxAgeDays") ?? context.Options.QuoteMaxAgeDays);
        if (context.Query.IsDryRun)
        {
            return await context.Engine.Store.FindBookAsync(book, context.Cancelled) is null
                ? Answer.Of(201, new BookContent(book.Value, currency.Code, days))
                : Answer.Reject(ErrorCode.AlreadyExists, $"There is a book {book}: choose another name");
        }

        var outcome = await context.Engine.OpenBookAsync(book, currency, days, context.Key.Name);
        if (outcome.Rejection is { } rejection)
            return Answer.Reject(rejection);
        var (created, refused) = await context.Keys.CreateAsync(book, AdministratorKey, Scopes.Admin, CancellationToken.None);
        if (refused is not null)
            return Answer.Reject(refused);
        var row = await context.Engine.Store.FindBookAsync(book, CancellationToken.None);
        return Answer.Of(201, BookContent.Of(row!, created!.Secret));
    }
}
