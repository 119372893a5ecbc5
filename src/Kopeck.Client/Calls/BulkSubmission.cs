using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Grpc.Core;
using Kopeck.V1;

namespace Kopeck.Client.Calls;

/// <summary>One stream of operations, over as many connections as it takes.</summary>
sealed class BulkSubmission(
    OperationService.OperationServiceClient operations, KopeckClientOptions options, RetryPolicy retries) : IDisposable
{
    const int MaxUnanswered = 10_000;
    const int MaxItems = 500;
    // Far below what the server takes, and enough to be on the way with.
    const int MaxBytes = 1 << 20;

    readonly Queue<Item> unanswered = new();
#if NET9_0_OR_GREATER
    readonly Lock gate = new();
#else
    readonly object gate = new();
#endif
    readonly SemaphoreSlim room = new(MaxUnanswered);

    public void Dispose() => room.Dispose();

    public async IAsyncEnumerable<Outcome> RunAsync(
        IAsyncEnumerable<Item> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var source = Channel.CreateBounded<Item>(new BoundedChannelOptions(MaxItems) { SingleReader = true, SingleWriter = true });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pumping = PumpAsync(items, source.Writer, over.Token);
        try
        {
            for (var retry = 0; ; retry++)
            {
                RpcException? failure = null;
                using var call = operations.Submit(cancellationToken: cancellationToken);
                using var lost = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
                var writing = WriteAsync(call, source.Reader, lost.Token);
                while (failure is null)
                {
                    SubmitResponse response;
                    try
                    {
                        if (!await call.ResponseStream.MoveNext(cancellationToken))
                            break;
                        response = call.ResponseStream.Current;
                    }
                    catch (RpcException exception)
                    {
                        failure = exception;
                        break;
                    }
                    catch (ObjectDisposedException) when (pumping.IsFaulted)
                    {
                        break;
                    }

                    retry = 0;
                    foreach (var outcome in response.Outcomes)
                    {
                        Answered();
                        yield return outcome;
                    }
                }

                await lost.CancelAsync();
                await EndAsync(writing);
                // An error of the caller's own source is the caller's.
                if (pumping.IsFaulted)
                    await pumping;
                if (failure is null && await IsDoneAsync(source.Reader))
                    yield break;

                failure ??= new RpcException(new Status(StatusCode.Unavailable, "The server ended the stream"));
                if (retry >= retries.Retries || !RetryPolicy.IsPassing(failure) || cancellationToken.IsCancellationRequested)
                    throw failure.StatusCode == StatusCode.Cancelled
                        && cancellationToken.IsCancellationRequested
                            ? new OperationCanceledException(failure.Message, failure, cancellationToken)
                            : KopeckException.From(failure, null);
                await retries.WaitAsync(retry, failure, cancellationToken);
            }
        }
        finally
        {
            await over.CancelAsync();
            await EndAsync(pumping);
        }
    }

    async Task PumpAsync(IAsyncEnumerable<Item> items, ChannelWriter<Item> into, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken))
            {
                var keyed = item;
                if (options.AutomaticKeys && !item.HasKey)
                {
                    keyed = item.Clone();
                    keyed.Key = IdempotencyKeys.Make();
                }

                await into.WriteAsync(keyed, cancellationToken);
            }

            into.Complete();
        }
        catch (Exception exception)
        {
            into.TryComplete(exception);
            throw;
        }
    }

    // First what another connection did not get answered, then what is new.
    async Task WriteAsync(
        AsyncDuplexStreamingCall<SubmitRequest, SubmitResponse> call, ChannelReader<Item> source, CancellationToken cancellationToken)
    {
        var stream = call.RequestStream;
        Item[] again;
        lock (gate)
            again = [.. unanswered];
        for (var place = 0; place < again.Length;)
        {
            var message = new Message();
            while (place < again.Length && message.TryAdd(again[place]))
                place++;
            await stream.WriteAsync(message.Request, cancellationToken);
        }

        while (await HasMoreAsync(call, source, cancellationToken))
        {
            var message = new Message();
            await room.WaitAsync(cancellationToken);
            var hasPlace = true;
            while (source.TryPeek(out var item) && (hasPlace || room.Wait(0, CancellationToken.None)))
            {
                hasPlace = true;
                if (!message.TryAdd(item))
                    break;
                hasPlace = false;
                source.TryRead(out _);
                lock (gate)
                    unanswered.Enqueue(item);
            }

            if (hasPlace)
                room.Release();
            await stream.WriteAsync(message.Request, cancellationToken);
        }

        await stream.CompleteAsync();
    }

    // Whoever waits for outcomes does not wait for those of a source that failed.
    static async Task<bool> HasMoreAsync(IDisposable call, ChannelReader<Item> source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.WaitToReadAsync(cancellationToken);
        }
        catch (Exception) when (source.Completion.IsFaulted)
        {
            call.Dispose();
            throw;
        }
    }

    void Answered()
    {
        lock (gate)
            unanswered.Dequeue();
        room.Release();
    }

    async Task<bool> IsDoneAsync(ChannelReader<Item> source)
    {
        lock (gate)
        {
            if (unanswered.Count > 0)
                return false;
        }

        return source.Completion.IsCompleted || !await source.WaitToReadAsync();
    }

    static async Task EndAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception)
        {
            // Its failure is seen where its outcome is read.
        }
    }

    /// <summary>A message that is filled: so many items, so many bytes, and at least one item.</summary>
    sealed class Message
    {
        int bytes;

        public SubmitRequest Request { get; } = new();

        public bool TryAdd(Item item)
        {
            var size = item.CalculateSize();
            if (Request.Operations.Count > 0 && (Request.Operations.Count == MaxItems || bytes + size > MaxBytes))
                return false;
            bytes += size;
            Request.Operations.Add(item);
            return true;
        }
    }
}
