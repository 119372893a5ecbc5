using Grpc.Core;
using Kopeck.Engine;
using Kopeck.Ledger.Errors;
using Kopeck.Server.Answers;
using Kopeck.Server.Grpc.Messages;
using Kopeck.V1;

namespace Kopeck.Server.Grpc;

/// <summary>The streams that last: bulk submissions and the journal's feed. They end when the server stops, telling so.</summary>
sealed class GrpcStreams(LedgerEngine engine, GrpcCalls calls, CancellationToken stopping)
{
    static readonly Rejection Stopping = new(ErrorCode.StorageUnavailable, "This node is shutting down: go on with another one, after what you received");

    /// <summary>Operations in, outcomes out.</summary>
    public Task SubmitAsync(IAsyncStreamReader<SubmitRequest> requests, IServerStreamWriter<SubmitResponse> responses, ServerCallContext context) =>
        calls.ExplainAsync<bool>(null, context, async () =>
        {
            var key = GrpcCalls.Caller(context).Key;
            if (key.Book is not { } book)
                throw GrpcCalls.Refuse(new Rejection(ErrorCode.Forbidden, "An operator's key manages books and reads none: use a key of the book"), null);
            var submitting = new SubmitStream(engine, new Engine.Requests.Caller(book, key.Name, key.Scopes), requests, responses, context, stopping);
            if (await submitting.RunAsync() is { } end)
                throw GrpcCalls.Refuse(end, null);
            return true;
        });

    /// <summary>The journal after a number.</summary>
    public Task WatchAsync(WatchRequest request, IServerStreamWriter<WatchResponse> responses, ServerCallContext context) =>
        calls.ExplainAsync<bool>(request, context, async () =>
        {
            var feed = (JournalContent)(await calls.CheckAsync(request, context)).Content!;
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
            // Told at once that it is watched, though nothing may happen for long.
            await context.WriteResponseHeadersAsync([]);
            try
            {
                await foreach (var page in feed.Watch(ending.Token))
                {
                    await GrpcCalls.RequireKeyAsync(request, context);
                    foreach (var part in MessageSize.Cut(page.Select(operation => OperationMessages.ToMessage(new OperationContent(operation))), page.Count))
                    {
                        var response = new WatchResponse { Operations = { part } };
                        responses.WriteOptions = GrpcCalls.OptionsFor(response);
                        await responses.WriteAsync(response, ending.Token);
                    }
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                throw GrpcCalls.Refuse(Stopping, request);
            }

            return true;
        });
}
