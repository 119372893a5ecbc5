using System.Runtime.CompilerServices;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Embedded;

public sealed partial class KopeckLedger
{
    // Followers of an embedded journal see nothing of the beat.
    static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>An operation.</summary>
    [LedgerCall("GET", "/v1/operations/{id}")]
    public ValueTask<LedgerResult<Operation>> GetOperationAsync(LedgerId operation, CancellationToken cancellationToken = default) => ReadAsync(Scopes.Read, async () =>
        await Reader.GetOperationAsync(book, operation.Number, cancellationToken).ConfigureAwait(false) is { } found
            ? new LedgerResult<Operation>(found)
            : NotFound<Operation>("operation"));

    /// <summary>Lists operations.</summary>
    [LedgerCall("GET", "/v1/operations")]
    public ValueTask<LedgerResult<LedgerPage<Operation>>> ListOperationsAsync(OperationQuery? query = null, CancellationToken cancellationToken = default)
    {
        var asked = query ?? new OperationQuery();
        return ListAsync(
            "/v1/operations/",
            asked,
            reader => new OperationFilter(
                reader.Id("account", asked.Account),
                reader.Id("customer", asked.Customer),
                reader.Choice("kind", asked.Kind, kind => kind.Name()),
                reader.Field<IdempotencyKey>("key", asked.Key),
                reader.Instant("since", asked.Since),
                reader.Instant("until", asked.Until)),
            async (filter, page) => new AsOf<Page<Operation>>(await Reader.ListOperationsAsync(book, filter, page, cancellationToken).ConfigureAwait(false), 0));
    }

    /// <summary>
    /// Follows the journal after a number: first what is there, then what anybody commits, in order and without a gap, until cancelled.
    /// The journal is its own outbox: remember the number of what was dealt with, and go on after it.
    /// </summary>
    /// <param name="after">The last number that is known; 0 for all.</param>
    /// <exception cref="LedgerException">The caller may not read, or the number is of the future.</exception>
    /// <exception cref="StorageUnavailableException">The store is away: go on after the last number.</exception>
    [LedgerCall("GET", "/v1/journal")]
    public async IAsyncEnumerable<Operation> WatchAsync(long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Forbid(Scopes.Read) is { } forbidden)
            throw new LedgerException(forbidden);
        var head = (await store.FindBookAsync(book, cancellationToken).ConfigureAwait(false))?.Head.Number ?? 0;
        if (after > head)
            throw new LedgerException(InvalidQuery("after", new FieldError("in_the_future", $"The last operation is {head}")));
        await foreach (var page in engine.WatchAsync(book, after, Beat, cancellationToken).ConfigureAwait(false))
        {
            foreach (var operation in page)
                yield return operation;
        }
    }

    /// <summary>All items of a list, page by page: <c>ledger.EachAsync(cursor => ledger.ListAccountsAsync(new() { Cursor = cursor }))</c>.</summary>
    /// <exception cref="LedgerException">A page could not be read.</exception>
    public static async IAsyncEnumerable<T> EachAsync<T>(Func<string?, ValueTask<LedgerResult<LedgerPage<T>>>> list)
    {
        string? cursor = null;
        do
        {
            var page = (await list(cursor).ConfigureAwait(false)).Value;
            foreach (var item in page.Items)
                yield return item;
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}
