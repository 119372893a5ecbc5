using Google.Protobuf;
using Grpc.Core;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Ledger.Errors;
using Kopeck.Server.Grpc.Messages;
using Kopeck.Server.Grpc.Reading;
using Kopeck.V1;

namespace Kopeck.Server.Grpc;

/// <summary>The streams that last: bulk submissions and the journal's feed. They end when the server stops, telling so.</summary>
sealed class GrpcStreams(GrpcCalls calls, CancellationToken stopping)
{
    static readonly Rejection Stopping = new(
        ErrorCode.StorageUnavailable, "This node is shutting down: go on with another one, after what you received");

    // Whoever could do no item of a batch could do none of a stream either, and would only fill it with refusals.
    static readonly Call Bulk = new BatchRequest().Call;

    /// <summary>Operations in, outcomes out.</summary>
    public Task SubmitAsync(IAsyncStreamReader<byte[]> requests, IServerStreamWriter<IMessage> responses, ServerCallContext context) =>
        calls.ExplainAsync<bool>(null, context, async () =>
        {
            var who = GrpcCalls.Caller(context).Identity;
            if (Refusals.Forbid(Bulk, who) is { } forbidden)
                throw GrpcCalls.Refuse(forbidden, null);
            var submitting = new SubmitStream(calls, who, requests, responses, context, stopping);
            if (await submitting.RunAsync() is { } end)
                throw GrpcCalls.Refuse(end, null);
            return true;
        });

    /// <summary>The journal after a number.</summary>
    public Task WatchAsync(GrpcMethod method, byte[] bytes, IServerStreamWriter<IMessage> responses, ServerCallContext context) =>
        calls.ExplainAsync<bool>(method.Descriptor.InputType, context, async () =>
        {
            var feed = (JournalAnswer)(await calls.DoAsync(method, bytes, context)).Result.Answer!;
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
            // Told at once that it is watched, though nothing may happen for long.
            await context.WriteResponseHeadersAsync([]);
            try
            {
                await foreach (var page in feed.Watch(ending.Token))
                {
                    await GrpcCalls.RequireKeyAsync(method.Descriptor.InputType, context);
                    foreach (var part in MessageSize.Cut(
                        page.Select(operation => OperationMessages.ToMessage(feed.Tell(operation))), page.Count))
                    {
                        var response = new WatchResponse { Operations = { part } };
                        responses.WriteOptions = GrpcCalls.OptionsFor(response);
                        await GrpcCalls.SendAsync(context, responses.WriteAsync(response, ending.Token));
                    }
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                throw GrpcCalls.Refuse(Stopping, method.Descriptor.InputType);
            }

            return true;
        });
}
