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
    LedgerApi api,
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

    readonly Channel<BatchItem> incoming = Channel.CreateBounded<BatchItem>(Of(MaxWaiting));
    readonly Channel<Submitted> submitted = Channel.CreateBounded<Submitted>(Of(MaxUnanswered));

    /// <summary>Runs to the end of the stream; why it was ended before, everything that was taken in being answered.</summary>
    public async Task<Rejection?> RunAsync()
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var reading = EndWith(incoming.Writer, () => ReadAsync(broken.Token), broken);
        var submitting = EndWith(submitted.Writer, () => SubmitAsync(broken.Token), broken);
        var answering = StopAtError(() => AnswerAsync(broken.Token), broken);
        await Task.WhenAll(reading, submitting, answering);
        return await reading;
    }

    async Task<Rejection?> ReadAsync(CancellationToken cancelled)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancelled, stopping);
        try
        {
            while (await requests.MoveNext(ending.Token))
            {
                if (!await GrpcCalls.Caller(context).IsValidAsync(cancelled))
                    return CallerKey.Missing;
                if (SubmitMessage.Read(requests.Current, who, out var items) is { } refusal)
                    return refusal;
                foreach (var item in items)
                    await incoming.Writer.WriteAsync(item, cancelled);
            }

            return null;
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

    async Task<Rejection?> SubmitAsync(CancellationToken cancelled)
    {
        while (await incoming.Reader.WaitToReadAsync(cancelled))
        {
            var items = new List<BatchItem>();
            while (items.Count < MaxTogether && incoming.Reader.TryRead(out var next))
                items.Add(next);

            // What was handed over is done, whether anybody waits for it or not.
            await submitted.Writer.WriteAsync(new Submitted(BatchItems.SubmitAsync(api, who, items), items), cancelled);
        }

        return null;
    }

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
                await responses.WriteAsync(new SubmitResponse { Outcomes = { part } }, cancelled);
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
