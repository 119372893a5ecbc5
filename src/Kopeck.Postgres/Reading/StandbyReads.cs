using System.Collections.Concurrent;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Postgres.Connections;
using Npgsql;

namespace Kopeck.Postgres.Reading;

/// <summary>When a standby is asked: as long as it answers and has what it is asked about. It is never needed.</summary>
sealed class StandbyReads(PostgresSource source)
{
    const int MostKnown = 4_096;

    // After one that was behind, and one that did not answer: so that many readers do not wait for nothing.
    static readonly TimeSpan RestBehind = TimeSpan.FromSeconds(1);
    static readonly TimeSpan RestAway = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<(BookName Book, long Number), Digest> known = new();
    long restUntil;

    /// <summary>Whether it is left alone for a moment.</summary>
    public bool IsResting => Environment.TickCount64 < Volatile.Read(ref restUntil);

    /// <summary>The hash of an operation: it never changes, so it is asked for once.</summary>
    public async ValueTask<Digest?> FindHashAsync(BookName book, long number, Func<Task<Digest?>> ask)
    {
        if (known.TryGetValue((book, number), out var hash))
            return hash;
        if (await ask().ConfigureAwait(false) is not { } found)
            return null;
        if (known.Count >= MostKnown)
            known.Clear();
        known[(book, number)] = found;
        return found;
    }

    /// <summary>What reads at the standby, of a book whose journal is there up to a place.</summary>
    public StandbyStore At(JournalPlace place) => new(source, place);

    /// <summary>Takes note of why it did not answer.</summary>
    public void Note(StorageUnavailableException failure)
    {
        if (failure is StandbyBehindException)
            Rest(RestBehind);
        // Its recovery may cancel any statement, and the next one is as good as ever; nor is it away when many read.
        else if (failure is not StorageOverloadedException
            && failure.InnerException is not PostgresException { SqlState: PostgresErrorCodes.SerializationFailure })
            Rest(RestAway);
    }

    void Rest(TimeSpan time) => Volatile.Write(ref restUntil, Environment.TickCount64 + (long)time.TotalMilliseconds);
}
