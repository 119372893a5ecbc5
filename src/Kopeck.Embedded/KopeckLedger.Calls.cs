using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Engine.Storage;

namespace Kopeck.Embedded;

public sealed partial class KopeckLedger
{
    const int MaxTogether = 2_000;
    const int MaxUnanswered = 2;

    /// <summary>
    /// Does a call: <c>await ledger.DoAsync(new TransferRequest { From = 13, To = 17, Amount = 30.50m, Key = "invoice-81" })</c>. What
    /// there is to ask are the requests of <see cref="Kopeck.Api.Calls"/>; each says what it takes and what is answered. A request is given
    /// to one call at a time.
    /// </summary>
    /// <returns>The answer once it is durable, or why there is none.</returns>
    public ValueTask<Result<TAnswer>> DoAsync<TAnswer>(CallRequest<TAnswer> request, CancellationToken cancellationToken = default)
        where TAnswer : Answer => api.DoAsync(request, who, cancellationToken);

    /// <summary>All items of a list, page by page: <c>ledger.EachAsync(new ListAccountsRequest())</c>.</summary>
    /// <exception cref="LedgerException">A page could not be read.</exception>
    public async IAsyncEnumerable<TItem> EachAsync<TItem>(
        ListRequest<TItem> request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TItem : Answer
    {
        var page = request with { };
        do
        {
            var found = (await DoAsync(page, cancellationToken).ConfigureAwait(false)).Value;
            foreach (var item in found.Items)
                yield return item;
            page.Cursor = found.Next;
        }
        while (page.Cursor is not null);
    }

    /// <summary>
    /// Follows the journal after a number: first what is there, then what anybody commits, in order and without a gap, until cancelled.
    /// The journal is its own outbox: remember the number of what was dealt with, and go on after it.
    /// </summary>
    /// <param name="after">The last number that is known; 0 for all.</param>
    /// <exception cref="LedgerException">
    /// The caller may not read, the number is of the future, or the store is away: go on after the last number.
    /// </exception>
    public async IAsyncEnumerable<OperationAnswer> WatchAsync(
        long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var feed = (await DoAsync(new WatchRequest { After = after }, cancellationToken).ConfigureAwait(false)).Value;
        await using var pages = feed.Watch(cancellationToken).ConfigureAwait(false).GetAsyncEnumerator();
        while (true)
        {
            try
            {
                if (!await pages.MoveNextAsync())
                    yield break;
            }
            catch (StorageUnavailableException exception)
            {
                throw Failure(exception);
            }

            foreach (var operation in pages.Current)
                yield return feed.Tell(operation);
        }
    }

    /// <summary>
    /// Does any number of requests, each with its own key, each for itself; answers each in order as soon as it is durable. Thousands are
    /// under way at once; where the outcomes are not taken, no more requests are taken either.
    /// </summary>
    /// <exception cref="LedgerException">The caller may do none of it.</exception>
    public async IAsyncEnumerable<Result<OperationAnswer>> SubmitAsync(
        IAsyncEnumerable<ItemRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Refusals.Forbid(new BatchRequest().Call, who) is { } forbidden)
            throw new LedgerException(forbidden);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var bounds = new BoundedChannelOptions(MaxUnanswered) { SingleReader = true, SingleWriter = true };
        var submitted = Channel.CreateBounded<Task<IReadOnlyList<Result<OperationAnswer>>>>(bounds);
        var feeding = Task.Run(() => FeedAsync(requests, submitted.Writer, ending.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in submitted.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var outcome in await batch.ConfigureAwait(false))
                    yield return outcome;
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            // Its failure was told by the channel; what it handed over is done.
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Hands over what is there, at most so much together; while it is done, the next gathers.</summary>
    async Task FeedAsync(
        IAsyncEnumerable<ItemRequest> requests,
        ChannelWriter<Task<IReadOnlyList<Result<OperationAnswer>>>> submitted,
        CancellationToken cancellationToken)
    {
        var items = new List<ItemRequest>();
        try
        {
            await using var source = requests.GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                var next = source.MoveNextAsync();
                if (items.Count >= MaxTogether || (items.Count > 0 && !next.IsCompleted))
                    await HandOverAsync().ConfigureAwait(false);
                if (!await next.ConfigureAwait(false))
                    break;
                items.Add(source.Current);
            }

            if (items.Count > 0)
                await HandOverAsync().ConfigureAwait(false);
            submitted.TryComplete();
        }
        catch (Exception exception)
        {
            submitted.TryComplete(exception);
        }

        async ValueTask HandOverAsync()
        {
            var batch = BatchItems.Read(items, who);
            items = [];
            if (await submitted.WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
                await submitted.WriteAsync(BatchItems.SubmitAsync(api, who, batch), cancellationToken).ConfigureAwait(false);
        }
    }
}
