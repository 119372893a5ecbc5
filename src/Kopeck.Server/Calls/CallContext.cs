using System.Globalization;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Answers;
using Kopeck.Server.Bodies;
using Kopeck.Server.Hosting;
using Kopeck.Server.Queries;

namespace Kopeck.Server.Calls;

/// <summary>A request whose form was checked: what a handler works with.</summary>
public sealed record CallContext
{
    /// <summary>The call.</summary>
    public required Call Call { get; init; }

    /// <summary>The engine.</summary>
    public required LedgerEngine Engine { get; init; }

    /// <summary>The API keys.</summary>
    public required ApiKeys Keys { get; init; }

    /// <summary>The server's settings.</summary>
    public required ServerOptions Options { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The caller's key.</summary>
    public required ApiKey Key { get; init; }

    /// <summary>The path's values by place.</summary>
    public required IReadOnlyList<string> Path { get; init; }

    /// <summary>The query parameters.</summary>
    public required QueryValues Query { get; init; }

    /// <summary>The body's values.</summary>
    public BodyValues Body { get; init; } = BodyValues.Empty;

    /// <summary>The members of a body whose members are data.</summary>
    public IReadOnlyList<MapEntry> Map { get; init; } = [];

    /// <summary>Reads the items of a batch.</summary>
    public Func<IReadOnlyList<Request>> ReadItems { get; init; } = () => [];

    /// <summary>The body's bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The idempotency key.</summary>
    public IdempotencyKey? IdempotencyKey { get; init; }

    /// <summary>The format that the caller accepts best, for calls that have several; null where it names none of them.</summary>
    public string? AcceptedFormat { get; init; }

    /// <summary>The header Accept-Language.</summary>
    public string? AcceptLanguage { get; init; }

    /// <summary>Ends when the client goes away. Only reads are cancelled.</summary>
    public required CancellationToken Cancelled { get; init; }

    /// <summary>The book of the caller's key.</summary>
    public BookName Book => Key.Book ?? throw new InvalidOperationException("An operator's key has no book");

    /// <summary>Who asks.</summary>
    public Caller Caller => new(Book, Key.Name, Key.Scopes);

    /// <summary>The reader of the book.</summary>
    public ILedgerReader Reader => Engine.Reader(Book);

    /// <summary>Throws when the book was stopped on this node.</summary>
    public void RequireRunning() => _ = Reader;

    /// <summary>The id in the path; 0, which no object has, for what is no id.</summary>
    public long PathId =>
        Path[0].Length is > 0 and <= 19 && Path[0].All(char.IsAsciiDigit) && Path[0][0] != '0' && long.TryParse(Path[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    /// <summary>Sends a command through the engine and renders what became of it.</summary>
    public async ValueTask<Answer> SubmitAsync(Command command, Func<Outcome, Content> toContent)
    {
        var outcome = await Engine.SubmitAsync(Caller, new Request { Command = command, Key = IdempotencyKey }, Query.IsDryRun);
        if (outcome.Rejection is { } rejection)
            return Answer.Reject(rejection);
        var status = outcome.Group.Count == 0 ? 200 : Call.Success;
        return Answer.Of(status, toContent(outcome), outcome.IsReplay);
    }

    /// <summary>The page that is asked for; null when the cursor is not of this list.</summary>
    public PageRequest? Page(out Answer? problem)
    {
        problem = null;
        PageKey? after = null;
        if (Query.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, Book, Call.Path + "/" + string.Join('/', Path), Query.Filters, out var key))
            {
                problem = InvalidQuery("cursor", "bad_value", "The cursor is not one of this list: start again without it");
                return null;
            }

            after = key;
        }

        return new PageRequest(after, Query.IsAscending, Query.Limit);
    }

    /// <summary>A page of a list.</summary>
    public Answer List<T>(Page<T> page, Func<T, Content> toContent) =>
        Answer.Of(200, new ListContent(
            [.. page.Items.Select(toContent)],
            page.Next is { } next ? Cursor.Write(Book, Call.Path + "/" + string.Join('/', Path), Query.Filters, next) : null));

    /// <summary>A whole list.</summary>
    public static Answer List<T>(IEnumerable<T> items, Func<T, Content> toContent) => Answer.Of(200, new ListContent([.. items.Select(toContent)]));

    /// <summary>A problem with a query parameter.</summary>
    public static Answer InvalidQuery(string parameter, string code, string detail) =>
        Answer.Reject(new Rejection(ErrorCode.InvalidQuery, $"{parameter}: {detail}") { Fields = [new FieldProblem(parameter, code, detail)] });

    /// <summary>There is no such object.</summary>
    public Answer NotFound(string what) => Answer.Reject(ErrorCode.NotFound, $"There is no {what} {(Path.Count > 0 && Path[0].Length <= 40 ? Path[0] : "of this id")} in this book");
}
