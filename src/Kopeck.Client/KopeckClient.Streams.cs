using System.Runtime.CompilerServices;
using Grpc.Core;
using Kopeck.Client.Calls;
using Kopeck.V1;

namespace Kopeck.Client;

/// <content>Lists, the journal and bulk.</content>
public sealed partial class KopeckClient
{
    /// <summary>Customers, by number; all pages of them, as they are read.</summary>
    public IAsyncEnumerable<Customer> ListCustomersAsync(
        ListCustomersRequest? request = null, CancellationToken cancellationToken = default) =>
        ListAsync(
            request ?? new(), Customers.ListCustomers, (page, cursor) => page.Cursor = cursor, page => (page.Items, page.Next),
            cancellationToken);

    /// <summary>A customer's wallets.</summary>
    public IAsyncEnumerable<Account> ListWalletsAsync(string customer, CancellationToken cancellationToken = default) =>
        ListAsync(
            new ListWalletsRequest { Id = customer }, Accounts.ListWallets, (page, cursor) => page.Cursor = cursor,
            page => (page.Items, page.Next), cancellationToken);

    /// <summary>Accounts.</summary>
    public IAsyncEnumerable<Account> ListAccountsAsync(
        ListAccountsRequest? request = null, CancellationToken cancellationToken = default) =>
        ListAsync(
            request ?? new(), Accounts.ListAccounts, (page, cursor) => page.Cursor = cursor, page => (page.Items, page.Next),
            cancellationToken);

    /// <summary>Operations, the newest first unless asked otherwise.</summary>
    public IAsyncEnumerable<Operation> ListOperationsAsync(
        ListOperationsRequest? request = null, CancellationToken cancellationToken = default) =>
        ListAsync(
            request ?? new(), Operations.ListOperations, (page, cursor) => page.Cursor = cursor, page => (page.Items, page.Next),
            cancellationToken);

    /// <summary>Holds, the newest first unless asked otherwise, without their captures.</summary>
    public IAsyncEnumerable<Hold> ListHoldsAsync(ListHoldsRequest? request = null, CancellationToken cancellationToken = default) =>
        ListAsync(
            request ?? new(), Holds.ListHolds, (page, cursor) => page.Cursor = cursor, page => (page.Items, page.Next), cancellationToken);

    /// <summary>A currency's quotes.</summary>
    public IAsyncEnumerable<Quote> ListQuotesAsync(ListQuotesRequest request, CancellationToken cancellationToken = default) =>
        ListAsync(request, Quotes.ListQuotes, (page, cursor) => page.Cursor = cursor, page => (page.Items, page.Next), cancellationToken);

    /// <summary>
    /// The journal after a number: first what is there, then what is committed from then on, by whichever server; in order, each operation
    /// once. Where the connection is lost it goes on after the last operation. Ends by cancellation only, or by an error that waiting does
    /// not cure.
    /// </summary>
    /// <param name="after">0 begins with the book's first operation.</param>
    public async IAsyncEnumerable<Operation> WatchAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var retry = 0; ; retry++)
        {
            RpcException failure;
            using (var call = Operations.Watch(new WatchRequest { After = after }, cancellationToken: cancellationToken))
            {
                while (true)
                {
                    WatchResponse page;
                    try
                    {
                        if (!await call.ResponseStream.MoveNext(cancellationToken))
                            throw new RpcException(new Status(StatusCode.Unavailable, "The server ended the feed"));
                        page = call.ResponseStream.Current;
                    }
                    catch (RpcException exception)
                    {
                        failure = exception;
                        break;
                    }

                    foreach (var operation in page.Operations)
                    {
                        after = long.Parse(operation.Id, System.Globalization.CultureInfo.InvariantCulture);
                        yield return operation;
                    }

                    retry = 0;
                }
            }

            await WaitOrThrowAsync(failure, retry, int.MaxValue, cancellationToken);
        }
    }

    /// <summary>
    /// Operations in, outcomes out, in their order, each for itself: for bulk. Only so many are taken from <paramref name="items"/> as were
    /// not answered yet, so that a slow reader slows the source. Items without a key get one; after a lost connection those that were not
    /// answered are sent again, and what was done already is answered from the journal.
    /// </summary>
    /// <returns>One outcome an item; <see cref="KopeckException.From(Google.Rpc.Status)"/> reads an error.</returns>
    public async IAsyncEnumerable<Outcome> SubmitAsync(
        IAsyncEnumerable<Item> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var submission = new BulkSubmission(Operations, options, retries);
        await foreach (var outcome in submission.RunAsync(items, cancellationToken))
            yield return outcome;
    }

    async IAsyncEnumerable<TItem> ListAsync<TRequest, TPage, TItem>(
        TRequest request,
        Func<TRequest, CallOptions, AsyncServerStreamingCall<TPage>> open,
        Action<TRequest, string> setCursor,
        Func<TPage, (IEnumerable<TItem> Items, string? Next)> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRequest : Google.Protobuf.IDeepCloneable<TRequest>
    {
        var current = request.Clone();
        for (var retry = 0; ; retry++)
        {
            RpcException? failure = null;
            using (var call = open(current, new CallOptions(cancellationToken: cancellationToken)))
            {
                while (failure is null)
                {
                    TPage page;
                    try
                    {
                        if (!await call.ResponseStream.MoveNext(cancellationToken))
                            yield break;
                        page = call.ResponseStream.Current;
                    }
                    catch (RpcException exception)
                    {
                        failure = exception;
                        continue;
                    }

                    retry = 0;
                    var (items, next) = read(page);
                    foreach (var item in items)
                        yield return item;
                    if (string.IsNullOrEmpty(next))
                        yield break;
                    setCursor(current, next);
                }
            }

            await WaitOrThrowAsync(failure, retry, retries.Retries, cancellationToken);
        }
    }

    async Task WaitOrThrowAsync(RpcException failure, int retry, int most, CancellationToken cancellationToken)
    {
        if (retry >= most || !RetryPolicy.IsPassing(failure) || cancellationToken.IsCancellationRequested)
            throw Fail(failure, cancellationToken);
        await retries.WaitAsync(retry, failure, cancellationToken);
    }
}
