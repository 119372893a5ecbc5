using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Answers;
using Kopeck.Server.Bodies;
using Kopeck.Server.Calls;
using Kopeck.Server.Grpc.Messages;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Hosting;
using Kopeck.Server.Queries;

namespace Kopeck.Server.Grpc;

/// <summary>A method's way through the adapter: its message is read as the call's path, query, header and body are, and the call's own handler does the rest.</summary>
sealed class GrpcCalls(LedgerEngine engine, ApiKeys keys, ServerOptions options, TimeProvider time, Failures failures)
{
    // Compressing what fits a packet or two costs more than it saves.
    const int CompressedFrom = 2_048;

    /// <summary>Nothing is compressed.</summary>
    public static readonly WriteOptions Plain = new(WriteFlags.NoCompress);

    /// <summary>Does a call.</summary>
    public Task<T> RunAsync<T>(IMessage request, ServerCallContext context, Func<Answer, T> toResponse)
        where T : IMessage => ExplainAsync(request, context, async () =>
        {
            var answer = await HandleAsync(request, context);
            var response = toResponse(answer);
            context.WriteOptions = OptionsFor(response);
            return response;
        });

    /// <summary>Streams a list, page by page, from the request's cursor on.</summary>
    public Task ListAsync<T>(IMessage request, ServerCallContext context, IServerStreamWriter<T> responses, Func<ListContent, T> toResponse)
        where T : IMessage => ExplainAsync(request, context, async () =>
        {
            var maxPages = Method(context).Plan.ReadMaxPages(request);
            if (maxPages < 0)
                throw Refuse(CallChecks.InvalidQuery([new FieldProblem("maxPages", "bad_value", "Expected: 0 for all pages, or how many")]), request);
            string? cursor = null;
            int? limit = null;
            for (var pages = 1; ; pages++)
            {
                var page = (ListContent)(await HandleAsync(request, context, cursor, limit)).Content!;
                var response = toResponse(page);
                // Read again with fewer items, so that its cursor is that of its last item.
                while (page.Items.Count > 1 && response.CalculateSize() is var size and > MessageSize.Most)
                {
                    limit = (int)Math.Max(1, (long)page.Items.Count * MessageSize.Most / size);
                    page = (ListContent)(await HandleAsync(request, context, cursor, limit)).Content!;
                    response = toResponse(page);
                }

                responses.WriteOptions = OptionsFor(response);
                await responses.WriteAsync(response, context.CancellationToken);
                cursor = page.Next;
                if (cursor is null || pages == maxPages)
                    return true;
                await RequireKeyAsync(request, context);
            }
        });

    /// <summary>What a call's handler answers.</summary>
    public async Task<Answer> CheckAsync(IMessage request, ServerCallContext context) => await HandleAsync(request, context);

    /// <summary>Ends a stream whose key was revoked.</summary>
    public static async ValueTask RequireKeyAsync(IMessage? request, ServerCallContext context)
    {
        if (!await Caller(context).IsValidAsync(context.CancellationToken))
            throw Refuse(CallerKey.Missing, request);
    }

    /// <summary>The key that a call came with.</summary>
    public static CallerKey Caller(ServerCallContext context) => context.GetHttpContext().Features.Get<CallerKey>() ?? throw new UnreachableException("The gate lets nobody pass without a key");

    /// <summary>A refusal as an exception that ends the call.</summary>
    public static RpcException Refuse(Rejection rejection, IMessage? request) => ErrorStatus.ToException(rejection, request?.Descriptor);

    /// <summary>Compresses what is worth it.</summary>
    public static WriteOptions? OptionsFor(IMessage message) => message.CalculateSize() < CompressedFrom ? Plain : null;

    /// <summary>Turns what breaks into what is told.</summary>
    public async Task<T> ExplainAsync<T>(IMessage? request, ServerCallContext context, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception) when (exception is not RpcException && context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The caller went away: what was sent may be done, and a retry with its key tells"));
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Refuse(failures.Explain(exception, "gRPC", context.Method), request);
        }
    }

    async ValueTask<Answer> HandleAsync(IMessage request, ServerCallContext context, string? cursor = null, int? limit = null)
    {
        var read = Read(request, context, cursor, limit, out var rejection);
        if (rejection is not null)
            throw Refuse(rejection, request);
        var answer = await read!.Call.Handle(read);
        return answer.Rejection is { } refused ? throw Refuse(refused, request) : answer;
    }

    static GrpcMethod Method(ServerCallContext context) => GrpcMethod.All[context.Method];

    /// <summary>Reads a request; the order of the checks, after those of <see cref="GrpcGate"/>, is the order in which errors win.</summary>
    CallContext? Read(IMessage request, ServerCallContext context, string? cursor, int? limit, out Rejection? rejection)
    {
        var (call, plan) = (Method(context).Call, Method(context).Plan);
        var caller = Caller(context);
        rejection = CheckSize(request, call, plan);
        if (rejection is not null)
            return null;
        var problems = new List<FieldProblem>();
        var query = QueryValues.Read(plan.ReadQuery(request, cursor, limit), call.Parameters, problems);
        IdempotencyKey? key = null;
        rejection = problems.Count > 0 ? CallChecks.InvalidQuery(problems) : CallChecks.ReadKey(plan.ReadKey(request), call, "idempotency_key", out key);
        if (rejection is not null)
            return null;
        var reader = new MessageReader();
        UnknownFields.Check(request, reader.Problems);
        var body = plan.Body is { } shape ? reader.Read(request, shape) : BodyValues.Empty;
        rejection = reader.Refusal;
        return rejection is not null ? null : new CallContext
        {
            Call = call,
            Engine = engine,
            Keys = keys,
            Options = options,
            Time = time,
            Key = caller.Key,
            Path = plan.ReadPath(request),
            Query = query,
            Body = body,
            Map = plan.ReadMap(request),
            Bytes = plan.ReadFeed(request),
            ReadItems = () => [.. ((V1.SubmitBatchRequest)request).Operations.Select(ItemReader.Read)],
            IdempotencyKey = key,
            AcceptedFormat = call.Formats.Count > 0 ? call.Formats[0].Name : null,
            Cancelled = context.CancellationToken,
        };
    }

    static Rejection? CheckSize(IMessage request, Call call, RequestPlan plan)
    {
        var size = plan.Feed is null ? request.CalculateSize() : plan.ReadFeed(request).Length;
        return size > call.BodyLimit ? new Rejection(ErrorCode.TooLarge, $"The message has at most {call.BodyLimit} bytes") : null;
    }
}
