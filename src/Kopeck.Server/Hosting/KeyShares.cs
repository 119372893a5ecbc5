using System.Collections.Concurrent;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;

namespace Kopeck.Server.Hosting;

/// <summary>
/// What each key may make the server hold at a time, over all its interfaces: bytes of large requests and answers, calls, and streams that
/// last. So whoever sends half a body or does not read what he asked for is bounded. Safe for concurrent use.
/// </summary>
public sealed class KeyShares
{
    /// <summary>Bytes of requests and answers that are larger than <see cref="SmallBytes"/>, of one key.</summary>
    public const long BytesOfKey = 64 << 20;

    /// <summary>The same, of all keys together.</summary>
    public const long BytesOfAll = 512 << 20;

    /// <summary>Calls of one key that run at a time.</summary>
    public const int CallsOfKey = 1_000;

    /// <summary>Feeds, lists, files and bulk submissions of one key that are open at a time.</summary>
    public const int StreamsOfKey = 100;

    /// <summary>What is smaller counts for nothing: it is bounded by the number of calls.</summary>
    public const int SmallBytes = 64 << 10;

    static readonly Rejection TooManyBytes = new(
        ErrorCode.Overloaded,
        $"Requests and answers of this key that are not finished hold {BytesOfKey >> 20} MiB: finish or read them, and try again");

    static readonly Rejection TooManyBytesOfAll = new(
        ErrorCode.Overloaded, "Requests and answers that are not finished hold too much memory here: try again in a second");

    static readonly Rejection TooManyCalls = new(
        ErrorCode.Overloaded, $"{CallsOfKey} calls of this key are running: wait for their answers");

    readonly ConcurrentDictionary<Digest, Share> shares = new();
    readonly LongAnswers longAnswers = new();
    long bytes;

    /// <summary>How long one who does not read is waited for.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For tests: how many streams a key may have.</summary>
    internal int MostStreams { get; init; } = StreamsOfKey;

    /// <summary>For tests: how many bytes a key may have.</summary>
    internal long MostBytes { get; init; } = BytesOfKey;

    /// <summary>Bytes that are held now.</summary>
    internal long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Streams that are open now.</summary>
    internal int Streams => shares.Values.Sum(share => Volatile.Read(ref share.Streams));

    internal Rejection? EnterCall(Digest key)
    {
        var share = ShareOf(key);
        if (Interlocked.Increment(ref share.Calls) <= CallsOfKey)
            return null;
        Interlocked.Decrement(ref share.Calls);
        return TooManyCalls;
    }

    internal void LeaveCall(Digest key) => Interlocked.Decrement(ref ShareOf(key).Calls);

    internal Rejection? OpenStream(Digest key)
    {
        var share = ShareOf(key);
        if (Interlocked.Increment(ref share.Streams) <= MostStreams)
            return null;
        Interlocked.Decrement(ref share.Streams);
        return new Rejection(ErrorCode.Overloaded, $"{MostStreams} streams of this key are open here: end some of them");
    }

    internal void CloseStream(Digest key) => Interlocked.Decrement(ref ShareOf(key).Streams);

    internal Rejection? Hold(Digest key, long more)
    {
        var share = ShareOf(key);
        if (Interlocked.Add(ref share.Bytes, more) > MostBytes)
        {
            Interlocked.Add(ref share.Bytes, -more);
            return TooManyBytes;
        }

        if (Interlocked.Add(ref bytes, more) <= BytesOfAll)
            return null;
        Free(key, more);
        return TooManyBytesOfAll;
    }

    /// <summary>Counts what is there in any case.</summary>
    internal void Note(Digest key, long more)
    {
        Interlocked.Add(ref ShareOf(key).Bytes, more);
        Interlocked.Add(ref bytes, more);
    }

    internal void Free(Digest key, long less) => Note(key, -less);

    /// <summary>The long answers of a key, which are made in turn with those of others.</summary>
    internal LongAnswers.OfKey LongAnswersOf(Digest key) =>
        LazyInitializer.EnsureInitialized(ref ShareOf(key).LongAnswers, () => new LongAnswers.OfKey(longAnswers));

    Share ShareOf(Digest key) => shares.GetOrAdd(key, static _ => new Share());

    sealed class Share
    {
        public LongAnswers.OfKey? LongAnswers;
        public long Bytes;
        public int Calls;
        public int Streams;
    }
}
