using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Grpc.Messages;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Hosting;

namespace Kopeck.Server.Grpc;

/// <summary>
/// A method's way through the adapter: its message's bytes are read into the call's request record, and the call does the rest.
/// </summary>
sealed class GrpcCalls(LedgerApi api, RateLimits? limits, RequestObserver observer, Failures failures)
{
    // Compressing what fits a packet or two costs more than it saves.
    const int CompressedFrom = 2_048;

    /// <summary>Nothing is compressed.</summary>
    public static readonly WriteOptions Plain = new(WriteFlags.NoCompress);

    /// <summary>The ledger.</summary>
    public LedgerApi Api => api;

    /// <summary>Does a call.</summary>
    public Task<IMessage> RunAsync(
        GrpcMethod method, byte[] bytes, ServerCallContext context, Func<Result, CallRequest, IMessage> toResponse) =>
        ExplainAsync(method.Descriptor.InputType, context, async () =>
        {
            var (result, request, _) = await DoAsync(method, bytes, context);
            var response = toResponse(result, request);
            Hold(context).LeaveList();
            // What is not read counts for the key until it is; what was done is answered in any case.
            if (Hold(context).Add(response.CalculateSize(), mayRefuse: !method.Call.IsMutation) is { } tooMuch)
                throw Refuse(tooMuch, method.Descriptor.InputType);
            context.WriteOptions = OptionsFor(response);
            return response;
        });

    /// <summary>Streams a list, page by page, from the request's cursor on.</summary>
    public Task ListAsync(
        GrpcMethod method,
        byte[] bytes,
        ServerCallContext context,
        IServerStreamWriter<IMessage> responses,
        Func<ListAnswer, IMessage> toResponse) =>
        ExplainAsync(method.Descriptor.InputType, context, async () =>
        {
            var (first, request, read) = await DoAsync(method, bytes, context);
            if (read.MaxPages < 0)
                throw Refuse(
                    Refusals.InvalidQuery("maxPages", new FieldError("bad_value", "Expected: 0 for all pages, or how many")),
                    method.Descriptor.InputType);
            var (list, page) = ((IListRequest)request, (ListAnswer)first.Answer!);
            for (var pages = 1; ; pages++)
            {
                var response = toResponse(page);
                // Read again with fewer items, so that its cursor is that of its last item.
                while (page.Count > 1 && response.CalculateSize() is var size and > MessageSize.Most)
                {
                    list.Limit = Math.Max(1, (long)page.Count * MessageSize.Most / size);
                    page = await ReadPageAsync(method, request, context);
                    response = toResponse(page);
                }

                Hold(context).LeaveList();
                responses.WriteOptions = OptionsFor(response);
                await SendAsync(context, responses.WriteAsync(response, context.CancellationToken));
                list.Cursor = page.Next;
                if (list.Cursor is null || pages == read.MaxPages)
                    return true;
                await RequireKeyAsync(method.Descriptor.InputType, context);
                page = await ReadPageAsync(method, request, context);
            }
        });

    /// <summary>Reads a request and does its call; throws its refusal.</summary>
    public async ValueTask<(Result Result, CallRequest Request, ReadMessage Read)> DoAsync(
        GrpcMethod method, byte[] bytes, ServerCallContext context)
    {
        var (request, who) = (method.Call.NewRequest(), Caller(context).Identity);
        if (request is DocumentRequest document)
            document.AcceptedFormat = method.Call.Formats[0].Name;
        if (MessageReader.Read(bytes, method, request, who, out var read) is { } wrong)
            throw Refuse(wrong, method.Descriptor.InputType);
        return (await DoAsync(method, request, read.Key, context), request, read);
    }

    /// <summary>Ends a stream whose key was revoked.</summary>
    public static async ValueTask RequireKeyAsync(MessageDescriptor? request, ServerCallContext context)
    {
        if (!await Caller(context).IsValidAsync(context.CancellationToken))
            throw Refuse(CallerKey.Missing, request);
    }

    /// <summary>The key that a call came with.</summary>
    public static CallerKey Caller(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<CallerKey>() ?? throw new UnreachableException("The gate lets nobody pass without a key");

    /// <summary>What a call has of its key's share.</summary>
    public static RequestHold Hold(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<RequestHold>() ?? throw new UnreachableException("The gate gives every call its share");

    /// <summary>Waits for what is being sent; a reader who takes nothing is let go.</summary>
    public static ValueTask SendAsync(ServerCallContext context, Task sending) =>
        Reader.WaitAsync(context.GetHttpContext(), sending, Hold(context).Patience);

    /// <summary>Counts the items that came in a message; the refusal of one too many a second.</summary>
    public Rejection? CountItems(ServerCallContext context, int items) => limits?.CountItems(Caller(context).Key, items);

    /// <summary>A refusal as an exception that ends the call.</summary>
    public static RpcException Refuse(Rejection rejection, MessageDescriptor? request) => ErrorStatus.ToException(rejection, request);

    /// <summary>Compresses what is worth it.</summary>
    public static WriteOptions? OptionsFor(IMessage message) => message.CalculateSize() < CompressedFrom ? Plain : null;

    /// <summary>Turns what breaks into what is told.</summary>
    public async Task<T> ExplainAsync<T>(MessageDescriptor? request, ServerCallContext context, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception) when (exception is NotReadingException
            || (exception is not RpcException && context.CancellationToken.IsCancellationRequested))
        {
            throw new RpcException(new Status(
                StatusCode.Cancelled, "The caller went away: what was sent may be done, and a retry with its key tells"));
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Refuse(failures.Explain(exception, "gRPC", context.Method), request);
        }
    }

    async ValueTask<ListAnswer> ReadPageAsync(GrpcMethod method, CallRequest request, ServerCallContext context) =>
        (ListAnswer)(await DoAsync(method, request, null, context)).Answer!;

    async ValueTask<Result> DoAsync(GrpcMethod method, CallRequest request, IdempotencyKey? key, ServerCallContext context)
    {
        if (request is BatchRequest batch && CountItems(context, batch.Items.Count) is { } tooMany)
            throw Refuse(tooMany, method.Descriptor.InputType);
        if (await Hold(context).EnterListAsync(request, context.CancellationToken) is { } tooManyLists)
            throw Refuse(tooManyLists, method.Descriptor.InputType);
        var result = await method.Call.RunAsync(
            new CallContext(api, Caller(context).Identity, method.Call, key, context.CancellationToken), request);
        if (result.Answer is not null && RequestTrace.Of(context.GetHttpContext()) is { } trace)
            observer.Done(trace, method.Call, request, result);
        return result.Rejection is { } refused ? throw Refuse(refused, method.Descriptor.InputType) : result;
    }
}
