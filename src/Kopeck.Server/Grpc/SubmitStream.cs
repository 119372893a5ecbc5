using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Ledger.Errors;
using Kopeck.Server.Grpc.Messages;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Hosting;
using Kopeck.V1;

namespace Kopeck.Server.Grpc;

/// <summary>
/// A bulk submission: one task reads, one hands everything that waits to the engine together, one answers in order. Each hands on
/// through a bounded channel, so a client that does not read its outcomes is not read from either, and nothing piles up.
/// </summary>
sealed class SubmitStream(
    GrpcCalls calls,
    Identity who,
    IAsyncStreamReader<byte[]> requests,
    IServerStreamWriter<IMessage> responses,
    ServerCallContext context,
    CancellationToken stopping)
{
    const int MaxWaiting = 4_000;
    const int MaxTogether = 1_000;
    const int MaxUnanswered = 5;
    const int MaxOutcomesOfMessage = 500;

    // A stream is ended within a second more than a key is remembered for, whatever it does.
    static readonly TimeSpan KeyLookInterval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan RoomPause = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan RoomPatience = TimeSpan.FromSeconds(15);
    static readonly TimeSpan RatePause = TimeSpan.FromMilliseconds(200);

    readonly Channel<BatchItem> incoming = Channel.CreateBounded<BatchItem>(Of(MaxWaiting));
    readonly Channel<Submitted> submitted = Channel.CreateBounded<Submitted>(Of(MaxUnanswered));

    /// <summary>Runs to the end of the stream; why it was ended before, everything that was taken in being answered.</summary>
    public async Task<Rejection?> RunAsync()
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        using var revoked = new CancellationTokenSource();
        var reading = EndWith(incoming.Writer, () => ReadAsync(broken.Token, revoked.Token), broken);
        var submitting = EndWith(submitted.Writer, () => SubmitAsync(revoked, broken.Token), broken);
        var answering = StopAtError(() => AnswerAsync(broken.Token), broken);
        var watching = WatchKeyAsync(Task.WhenAll(reading, submitting, answering), revoked, broken.Token);
        try
        {
            await Task.WhenAll(reading, submitting, answering);
            return await reading ?? await submitting;
        }
        finally
        {
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks at the key for as long as the stream lasts: what it sent moves nothing once it is revoked.</summary>
    async Task WatchKeyAsync(Task end, CancellationTokenSource revoked, CancellationToken cancelled)
    {
        while (await Task.WhenAny(end, Task.Delay(KeyLookInterval, cancelled)) != end && !cancelled.IsCancellationRequested)
        {
            if (await GrpcCalls.Caller(context).IsValidAsync(cancelled))
                continue;
            await revoked.CancelAsync();
            return;
        }
    }

    async Task<Rejection?> ReadAsync(CancellationToken cancelled, CancellationToken revoked)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancelled, stopping, revoked);
        using var refused = CancellationTokenSource.CreateLinkedTokenSource(cancelled, revoked);
        try
        {
            while (await requests.MoveNext(ending.Token))
            {
                if (!await GrpcCalls.Caller(context).IsValidAsync(cancelled))
                    return CallerKey.Missing;
                if (SubmitMessage.Read(requests.Current, who, out var items) is { } refusal)
                    return refusal;
                // Whoever sends faster than his key may waits: his messages do, too.
                while (calls.CountItems(context, items.Count) is not null)
                    await Task.Delay(RatePause, refused.Token);
                foreach (var item in items)
                    await incoming.Writer.WriteAsync(item, refused.Token);
            }

            return null;
        }
        catch (OperationCanceledException) when (revoked.IsCancellationRequested && !cancelled.IsCancellationRequested)
        {
            return CallerKey.Missing;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancelled.IsCancellationRequested)
        {
            return new Rejection(
                ErrorCode.StorageUnavailable,
                "This node is shutting down: send what was not answered again, with the same keys, to another one");
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.ResourceExhausted)
        {
            return new Rejection(ErrorCode.TooLarge, $"A message has at most {Call.LargeBodyLimit} bytes: send fewer operations in each");
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            return new Rejection(ErrorCode.UnsupportedMediaType, "The messages' encoding is not known here: use identity or gzip");
        }
        catch (Exception exception) when (exception is InvalidDataException or RpcException { StatusCode: StatusCode.Internal })
        {
            return new Rejection(ErrorCode.MalformedRequest, "The message cannot be read");
        }
    }

    async Task<Rejection?> SubmitAsync(CancellationTokenSource revoked, CancellationToken cancelled)
    {
        while (await incoming.Reader.WaitToReadAsync(cancelled))
        {
            var items = new List<BatchItem>();
            while (items.Count < MaxTogether && incoming.Reader.TryRead(out var next))
                items.Add(next);

            // Of a reader who does not read there is no room for further answers: nothing more is begun for him.
            if (!await submitted.Writer.WaitToWriteAsync(cancelled))
                return null;
            // Looked at again here: a message may have waited for long.
            if (!await GrpcCalls.Caller(context).IsValidAsync(cancelled))
            {
                await revoked.CancelAsync();
                return CallerKey.Missing;
            }

            // What was handed over is done, whether anybody waits for it or not.
            await submitted.Writer.WriteAsync(new Submitted(await HandOverAsync(items, cancelled), items), cancelled);
        }

        return null;
    }

    /// <summary>
    /// Hands items to the engine. Where its queue has no room for them they wait, for as long as any write does, and with them the rest of
    /// the stream, whose order is kept.
    /// </summary>
    async ValueTask<Task<IReadOnlyList<Result<OperationAnswer>>>> HandOverAsync(List<BatchItem> items, CancellationToken cancelled)
    {
        for (var waited = TimeSpan.Zero; ; waited += RoomPause)
        {
            // A full queue says so at once.
            var doing = BatchItems.SubmitAsync(calls.Api, who, items);
            if (waited >= RoomPatience || !doing.IsCompletedSuccessfully || !IsWithoutRoom(await doing))
                return doing;
            await Task.Delay(RoomPause, cancelled);
        }
    }

    static bool IsWithoutRoom(IReadOnlyList<Result<OperationAnswer>> outcomes) =>
        outcomes.All(outcome => outcome.Rejection is { Code: ErrorCode.Overloaded });

    async Task AnswerAsync(CancellationToken cancelled)
    {
        await foreach (var (task, items) in submitted.Reader.ReadAllAsync(cancelled))
        {
            var outcomes = (await task).Select((outcome, place) => OperationMessages.ToMessage(
                outcome, ItemReader.Descriptor(items[place].Kind)));
            foreach (var part in MessageSize.Cut(outcomes, MaxOutcomesOfMessage))
            {
                // Bulk goes between machines that are near each other: packing it would take longer than sending it.
                responses.WriteOptions = GrpcCalls.Plain;
                await GrpcCalls.SendAsync(context, responses.WriteAsync(new SubmitResponse { Outcomes = { part } }, cancelled));
            }
        }
    }

    static BoundedChannelOptions Of(int capacity) => new(capacity) { SingleReader = true, SingleWriter = true };

    /// <summary>Runs one of the tasks, and ends the channel it writes to.</summary>
    static async Task<Rejection?> EndWith<T>(ChannelWriter<T> writer, Func<Task<Rejection?>> run, CancellationTokenSource broken)
    {
        try
        {
            Rejection? end = null;
            await StopAtError(async () => end = await run(), broken);
            return end;
        }
        finally
        {
            writer.TryComplete();
        }
    }

    /// <summary>When one of the tasks breaks, the others need not go on.</summary>
    static async Task StopAtError(Func<Task> run, CancellationTokenSource broken)
    {
        // Each on its own, so that reading goes on while outcomes are written.
        await Task.Yield();
        try
        {
            await run();
        }
        catch
        {
            await broken.CancelAsync();
            throw;
        }
    }

    readonly record struct Submitted(Task<IReadOnlyList<Result<OperationAnswer>>> Outcomes, List<BatchItem> Items);
}
