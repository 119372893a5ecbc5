using System.Text.Json;
using Kopeck.Engine.Storage;
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
        return Answer.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var book in books)
                WriteBook(json, book, null);
            json.WriteEndArray();
            json.WriteNull("next");
            json.WriteEndObject();
        });
    }

    static async ValueTask<Answer> OpenAsync(CallContext context)
    {
        var book = BookName.Parse(context.Body.Text("name"));
        var currency = context.Body.OptionalCurrency("baseCurrency") ?? context.Options.BaseCurrency;
        var days = (int)(context.Body.OptionalNumber("quoteMaxAgeDays") ?? context.Options.QuoteMaxAgeDays);
        if (context.Query.IsDryRun)
        {
            return await context.Engine.Store.FindBookAsync(book, context.Cancelled) is null
                ? Answer.Json(201, json => WriteMembersOnly(json, book, currency.Code, days))
                : Answer.Reject(ErrorCode.AlreadyExists, $"There is a book {book}: choose another name");
        }

        var outcome = await context.Engine.OpenBookAsync(book, currency, days, context.Key.Name);
        if (outcome.Rejection is { } rejection)
            return Answer.Reject(rejection);
        var (created, refused) = await context.Keys.CreateAsync(book, AdministratorKey, Scopes.Admin, CancellationToken.None);
        if (refused is not null)
            return Answer.Reject(refused);
        var row = await context.Engine.Store.FindBookAsync(book, CancellationToken.None);
        return Answer.Json(201, json => WriteBook(json, row!, created!.Secret));
    }

    static void WriteBook(Utf8JsonWriter json, BookRow book, string? secret)
    {
        json.WriteStartObject();
        WriteMembers(json, book.Book, book.BaseCurrency, book.QuoteMaxAgeDays);
        json.WriteStartObject("head");
        json.WriteId("number", book.Head.Number);
        json.WriteString("hash", book.Head.Hash.ToString());
        json.WriteString("at", book.Head.At.ToString());
        json.WriteEndObject();
        if (secret is not null)
            json.WriteString("key", secret);
        json.WriteEndObject();
    }

    static void WriteMembersOnly(Utf8JsonWriter json, BookName book, string baseCurrency, int quoteMaxAgeDays)
    {
        json.WriteStartObject();
        WriteMembers(json, book, baseCurrency, quoteMaxAgeDays);
        json.WriteEndObject();
    }

    static void WriteMembers(Utf8JsonWriter json, BookName book, string baseCurrency, int quoteMaxAgeDays)
    {
        json.WriteString("name", book.Value);
        json.WriteString("baseCurrency", baseCurrency);
        json.WriteNumber("quoteMaxAgeDays", quoteMaxAgeDays);
    }
}
