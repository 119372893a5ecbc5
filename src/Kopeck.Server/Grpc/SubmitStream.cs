using System.Threading.Channels;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Kopeck.Engine;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Errors;
using Kopeck.Server.Calls;
using Kopeck.Server.Grpc.Messages;
using Kopeck.Server.Grpc.Reading;
using Kopeck.V1;

namespace Kopeck.Server.Grpc;

/// <summary>
/// A bulk submission: one task reads, one hands everything that waits to the engine together, one answers in order. Each hands on
/// through a bounded channel, so a client that does not read its outcomes is not read from either, and nothing piles up.
/// </summary>
sealed class SubmitStream(LedgerEngine engine, Caller caller, IAsyncStreamReader<SubmitRequest> requests, IServerStreamWriter<SubmitResponse> responses, ServerCallContext context, CancellationToken stopping)
{
    const int MaxItemsOfMessage = 1_000;
    const int MaxWaiting = 4_000;
    const int MaxTogether = 1_000;
    const int MaxUnanswered = 5;
    const int MaxOutcomesOfMessage = 500;

    readonly Channel<Incoming> incoming = Channel.CreateBounded<Incoming>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });
    readonly Channel<Submitted> submitted = Channel.CreateBounded<Submitted>(new BoundedChannelOptions(MaxUnanswered) { SingleReader = true, SingleWriter = true });

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
                var items = requests.Current.Operations;
                var problems = new List<FieldProblem>();
                UnknownFields.Check(requests.Current, problems);
                if (items.Count is 0 or > MaxItemsOfMessage)
                    problems.Add(new FieldProblem("/operations", items.Count == 0 ? "empty" : "too_many", $"A message has 1 to {MaxItemsOfMessage} operations, got {items.Count}"));
                if (problems.Count > 0)
                    return Rejection.InvalidFields([.. problems]);
                foreach (var item in items)
                    await incoming.Writer.WriteAsync(new Incoming(ItemReader.Read(item), ItemReader.Descriptor(item)), cancelled);
            }

            return null;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancelled.IsCancellationRequested)
        {
            return new Rejection(ErrorCode.StorageUnavailable, "This node is shutting down: send what was not answered again, with the same keys, to another one");
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.ResourceExhausted)
        {
            return new Rejection(ErrorCode.TooLarge, $"A message has at most {Call.LargeBodyLimit} bytes: send fewer operations in each");
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            return new Rejection(ErrorCode.UnsupportedMediaType, "The messages' encoding is not known here: use identity or gzip");
        }
        catch (Exception exception) when (exception is Google.Protobuf.InvalidProtocolBufferException or InvalidDataException or RpcException { StatusCode: StatusCode.Internal })
        {
            return new Rejection(ErrorCode.MalformedRequest, "The message cannot be read");
        }
    }

    async Task<Rejection?> SubmitAsync(CancellationToken cancelled)
    {
        while (await incoming.Reader.WaitToReadAsync(cancelled))
        {
            var items = new List<Request>();
            var descriptors = new List<MessageDescriptor>();
            while (items.Count < MaxTogether && incoming.Reader.TryRead(out var next))
            {
                items.Add(next.Request);
                descriptors.Add(next.Descriptor);
            }

            // What was handed over is done, whether anybody waits for it or not.
            await submitted.Writer.WriteAsync(new Submitted(engine.SubmitBatchAsync(caller, items, atomic: false).AsTask(), descriptors), cancelled);
        }

        return null;
    }

    async Task AnswerAsync(CancellationToken cancelled)
    {
        await foreach (var (task, descriptors) in submitted.Reader.ReadAllAsync(cancelled))
        {
            var outcomes = (await task).Outcomes.Select((outcome, place) => OperationMessages.ToMessage(outcome, descriptors[place]));
            foreach (var part in MessageSize.Cut(outcomes, MaxOutcomesOfMessage))
            {
                // Bulk goes between machines that are near each other: packing it would take longer than sending it.
                responses.WriteOptions = GrpcCalls.Plain;
                await responses.WriteAsync(new SubmitResponse { Outcomes = { part } }, cancelled);
            }
        }
    }

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

    readonly record struct Incoming(Request Request, MessageDescriptor Descriptor);

    readonly record struct Submitted(Task<BatchOutcome> Outcome, List<MessageDescriptor> Descriptors);
}
