using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api;

/// <summary>What a call works with once its request was read: the ledger, who asks, and the key.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="Cancelled">Ends when the caller goes away. Only reads are cancelled.</param>
public sealed record CallContext(LedgerApi Api, Identity Who, Call Call, IdempotencyKey? Key, CancellationToken Cancelled)
{
    /// <summary>The caller's book.</summary>
    public BookName Book => Who.Book ?? throw new InvalidOperationException("An operator has no book");

    /// <summary>The reader of the book. Throws when the book was stopped on this node.</summary>
    public ILedgerReader Reader => Api.Engine.Reader(Book);

    /// <summary>The present instant.</summary>
    public Instant Now => Instant.From(Api.Time.GetUtcNow());

    /// <summary>Throws when the book was stopped on this node.</summary>
    public void RequireRunning() => _ = Reader;

    /// <summary>Sends a command through the engine and tells what became of it.</summary>
    public async ValueTask<Result<TAnswer>> SubmitAsync<TAnswer>(Command command, CallRequest request, Func<Outcome, TAnswer> toAnswer)
        where TAnswer : Answer =>
        ToResult(
            await Api.Engine.SubmitAsync(Who.Caller, new Request { Command = command, Key = Key }, request.DryRun).ConfigureAwait(false),
            toAnswer);

    /// <summary>What became of a command.</summary>
    public static Result<TAnswer> ToResult<TAnswer>(Outcome outcome, Func<Outcome, TAnswer> toAnswer)
        where TAnswer : Answer => outcome.Rejection is { } rejection
        ? rejection
        : Result<TAnswer>.Of(toAnswer(outcome)) with
        {
            IsReplay = outcome.IsReplay,
            IsDryRun = outcome.IsDryRun,
            IsUnchanged = outcome.Group.Count == 0,
        };

    /// <summary>Reads a page of a list.</summary>
    /// <param name="subject">What tells this list from others of its call, such as whose wallets they are.</param>
    public async ValueTask<Result<ListAnswer<TItem>>> ListAsync<TItem, T>(
        ListRequest<TItem> request, string subject, Func<PageRequest, ValueTask<AsOf<Page<T>>>> find, Func<T, long, TItem> toItem)
        where TItem : Answer
    {
        var (list, filters) = (Call.Path + "/" + subject, Call.Filters(request));
        PageKey? after = null;
        if (request.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, Book, list, filters, out var key))
                return Refusals.InvalidQuery(
                    "cursor", new FieldError("bad_value", "The cursor is not one of this list: start again without it"));
            after = key;
        }

        var (page, number) = await find(new PageRequest(
            after, request.Order == ListOrder.OldestFirst, (int)(request.Limit ?? IListRequest.DefaultLimit))).ConfigureAwait(false);
        var items = new TItem[page.Items.Count];
        for (var place = 0; place < items.Length; place++)
            items[place] = toItem(page.Items[place], number);
        return new ListAnswer<TItem>(items, page.Next is { } next ? Cursor.Write(Book, list, filters, next) : null);
    }

    /// <summary>An account now, or as a number left it.</summary>
    public ValueTask<AsOf<Account?>> GetAccountAsync(LedgerId id, long? at) => at is null
        ? Api.Engine.GetAccountAsync(Book, id.Number, Cancelled)
        : Reader.GetAccountAsync(Book, id.Number, at, Cancelled);

    /// <summary>The journal number that a point stands for; null for now.</summary>
    public async ValueTask<(long? Number, Rejection? Refusal)> FindAsync(PointInTime? at)
    {
        if (at is not { } point)
            return (null, null);
        var head = (await Api.Engine.Store.FindBookAsync(Book, Cancelled).ConfigureAwait(false))?.Head.Number ?? 0;
        var (number, error) = await point.FindAsync(Reader, Book, head, Api.Time, Cancelled).ConfigureAwait(false);
        return error is null ? (number, null) : (null, Refusals.InvalidQuery("at", error));
    }
}
