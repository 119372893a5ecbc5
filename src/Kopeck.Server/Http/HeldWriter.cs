using System.Buffers;
using System.IO.Pipelines;
using Kopeck.Engine;

namespace Kopeck.Server.Http;

/// <summary>
/// Keeps what is written before the first flush to itself. So what breaks before the first byte is sent leaves the answer untouched, and a
/// problem can be answered instead.
/// </summary>
/// <param name="begin">Called once, before the first byte goes to the output.</param>
sealed class HeldWriter(PipeWriter output, Action begin) : PipeWriter
{
    ArrayBufferWriter<byte>? held = new();

    /// <summary>Waits for a reader who does not take what is sent, for so long; an exception lets him go.</summary>
    public required Func<Task, ValueTask> Wait { get; init; }

    /// <summary>Asked before each part after the first; where it says no the writing ends with <see cref="KeyRevokedException"/>.</summary>
    public required Func<ValueTask<bool>> MayGoOn { get; init; }

    /// <summary>Whether anything was handed on.</summary>
    public bool HasBegun => held is null;

    public override void Advance(int bytes)
    {
        if (held is null)
            output.Advance(bytes);
        else
            held.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => held?.GetMemory(sizeHint) ?? output.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => held is null ? output.GetSpan(sizeHint) : held.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (held is { } first)
        {
            held = null;
            begin();
            output.Write(first.WrittenSpan);
            return FlushNowAsync(cancellationToken);
        }

        return AskAsync(cancellationToken);
    }

    ValueTask<FlushResult> FlushNowAsync(CancellationToken cancellationToken)
    {
        var flushed = output.FlushAsync(cancellationToken);
        return flushed.IsCompleted ? flushed : LeaveAsync(flushed.AsTask());
    }

    async ValueTask<FlushResult> AskAsync(CancellationToken cancellationToken)
    {
        if (!await MayGoOn())
            throw new KeyRevokedException();
        return await FlushNowAsync(cancellationToken);
    }

    // A slow reader's socket tells that there is room again: what is written next is not written on the thread that tells it.
    async ValueTask<FlushResult> LeaveAsync(Task<FlushResult> flushed)
    {
        await Wait(flushed);
        await EventThread.LeaveAsync();
        return await flushed;
    }

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => output.Complete(exception);
}
