using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Kopeck.Client.Calls;

/// <summary>
/// What every call of the stubs goes through: the API key, an idempotency key, a deadline, retries of what is safe, and the ledger's errors
/// as <see cref="KopeckException"/>.
/// </summary>
sealed class CallPolicy(KopeckClientOptions options, RetryPolicy retries) : Interceptor
{
    readonly string authorization = "Bearer " + options.Key;

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest,
        TResponse> continuation)
    {
        var keyed = options.AutomaticKeys ? IdempotencyKeys.WithKey(request) : request;
        var call = new RepeatedCall<TRequest, TResponse>(keyed, Prepare(context, isStream: false), continuation, retries);
        return new AsyncUnaryCall<TResponse>(call.RunAsync(), call.Headers, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest,
        TResponse> continuation) =>
        throw new NotSupportedException("Call the asynchronous methods");

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest,
        TResponse> continuation) =>
        continuation(request, Prepare(context, isStream: true));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(Prepare(context, isStream: true));

    ClientInterceptorContext<TRequest, TResponse> Prepare<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, bool isStream)
        where TRequest : class
        where TResponse : class
    {
        var headers = new Metadata();
        foreach (var entry in context.Options.Headers ?? [])
            headers.Add(entry);
        if (headers.Get("authorization") is null)
            headers.Add("authorization", authorization);
        var prepared = context.Options.WithHeaders(headers);
        if (!isStream && prepared.Deadline is null)
            prepared = prepared.WithDeadline(options.Time.GetUtcNow().UtcDateTime + options.Timeout);
        return new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, prepared);
    }

    /// <summary>One call of the caller's, as often as it has to be sent.</summary>
    sealed class RepeatedCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest,
        TResponse> continuation, RetryPolicy retries)
        where TRequest : class
        where TResponse : class
    {
        readonly TaskCompletionSource<Metadata> headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
        AsyncUnaryCall<TResponse>? current;

        public Task<Metadata> Headers => headers.Task;

        public async Task<TResponse> RunAsync()
        {
            for (var retry = 0; ; retry++)
            {
                try
                {
                    current = continuation(request, context);
                    var response = await current.ResponseAsync;
                    headers.TrySetResult(await current.ResponseHeadersAsync);
                    return response;
                }
                catch (RpcException exception) when (retry < retries.Retries
                    && IdempotencyKeys.IsRepeatable(request)
                    && RetryPolicy.IsPassing(exception)
                    && !context.Options.CancellationToken.IsCancellationRequested)
                {
                    await WaitAsync(retry, exception, context.Options.CancellationToken);
                }
                catch (RpcException exception)
                {
                    throw Fail(exception);
                }
            }
        }

        public Status GetStatus() => current!.GetStatus();

        public Metadata GetTrailers() => current!.GetTrailers();

        public void Dispose() => current?.Dispose();

        async Task WaitAsync(int retry, RpcException cause, CancellationToken cancellationToken)
        {
            try
            {
                await retries.WaitAsync(retry, cause, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                throw Fail(cause);
            }
        }

        Exception Fail(RpcException exception)
        {
            headers.TrySetCanceled(context.Options.CancellationToken);
            if (exception.StatusCode == StatusCode.Cancelled && context.Options.CancellationToken.IsCancellationRequested)
                return new OperationCanceledException(exception.Message, exception, context.Options.CancellationToken);
            return KopeckException.From(exception, request is IMessage message ? IdempotencyKeys.Of(message) : null);
        }
    }
}
