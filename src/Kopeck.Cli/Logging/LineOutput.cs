using System.Globalization;
using System.Text;

namespace Kopeck.Cli.Logging;

/// <summary>
/// Lines on their way to a stream that may stand still: who writes one never waits for it. What waits is bounded; lines beyond that are
/// passed over, and counted in a line when there is room again. A thread of its own writes what came together, so that a line costs neither
/// a call of the system nor the waking of a thread. Safe for concurrent use.
/// </summary>
sealed class LineOutput : IDisposable
{
    /// <summary>What may wait, in bytes.</summary>
    public const int MostWaiting = 4 << 20;

    // Written at once when so much is there.
    const int FullAt = 64 << 10;

    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    // Whoever ends waits so long for a stream that stands still.
    static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(2);

    readonly object gate = new();
    readonly Stream stream;
    readonly TimeProvider time;
    readonly Thread writer;
    readonly int most;
    byte[] waiting = new byte[2 * FullAt];
    byte[] writing = new byte[2 * FullAt];
    int length;
    long passedOver;
    long put;
    long written;
    bool isUrgent;
    bool isEnding;

    /// <summary>Lines to a stream.</summary>
    /// <param name="most">What may wait, in bytes.</param>
    public LineOutput(Stream stream, TimeProvider time, int most = MostWaiting)
    {
        (this.stream, this.time, this.most) = (stream, time, most);
        writer = new Thread(Write) { IsBackground = true, Name = "log" };
        writer.Start();
    }

    /// <summary>Lines that were passed over, as there was no room.</summary>
    public long PassedOver
    {
        get
        {
            lock (gate)
                return passedOver;
        }
    }

    /// <summary>Puts whole lines on their way.</summary>
    /// <param name="isUrgent">Whether they are to be written at once: the process may be about to end.</param>
    public void Put(ReadOnlySpan<byte> lines, bool isUrgent)
    {
        lock (gate)
        {
            if (isEnding || length + lines.Length > most)
            {
                passedOver++;
                return;
            }

            if (length + lines.Length > waiting.Length)
                Array.Resize(ref waiting, Math.Max(length + lines.Length, Math.Min(2 * waiting.Length, most)));
            lines.CopyTo(waiting.AsSpan(length));
            var isFirst = length == 0;
            length += lines.Length;
            put += lines.Length;
            this.isUrgent |= isUrgent;
            // It sleeps while nothing waits, and for a moment while little does.
            if (isFirst || this.isUrgent || length >= FullAt)
                Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until what was put is written, but not for ever.</summary>
    public bool Flush()
    {
        lock (gate)
        {
            var target = put;
            var started = time.GetTimestamp();
            isUrgent = true;
            Monitor.PulseAll(gate);
            while (written < target)
            {
                var left = LastPatience - time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero || !Monitor.Wait(gate, left))
                    return written >= target;
            }

            return true;
        }
    }

    /// <summary>Writes what waits, and takes no more.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.PulseAll(gate);
        }

        // One that stands still is left to itself, as a background thread keeps no process.
        writer.Join(LastPatience);
    }

    void Write()
    {
        while (TryTake(out var count, out var lost))
        {
            try
            {
                if (lost > 0)
                    stream.Write(Encoding.UTF8.GetBytes(string.Create(
                        CultureInfo.InvariantCulture, $"{lost} lines of the log were passed over: they could not be written in time\n")));
                stream.Write(writing, 0, count);
                stream.Flush();
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // Nobody reads it: there is nobody to be told.
            }

            lock (gate)
            {
                written += count;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Waits for lines and takes them; false at the end.</summary>
    bool TryTake(out int count, out long lost)
    {
        lock (gate)
        {
            while (length == 0 && passedOver == 0 && !isEnding)
                Monitor.Wait(gate);
            // Others come in a moment, and are written with these.
            var started = time.GetTimestamp();
            while (!isUrgent && !isEnding && length < FullAt)
            {
                var left = Interval - time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero || !Monitor.Wait(gate, left))
                    break;
            }

            (count, lost) = (length, passedOver);
            (length, passedOver, isUrgent) = (0, 0, false);
            (waiting, writing) = (writing, waiting);
            return count > 0 || lost > 0;
        }
    }
}
