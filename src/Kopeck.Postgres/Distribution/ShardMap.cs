using System.Collections.Frozen;
using System.Diagnostics;
using Kopeck.Postgres.Connections;

namespace Kopeck.Postgres.Distribution;

/// <summary>Where the shards of books were when Citus was asked.</summary>
/// <param name="servers">By the shard's number.</param>
sealed class ShardMap(FrozenDictionary<long, PostgresSource> servers)
{
    // A book that moved is found again within so long, also where nothing failed.
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    readonly long askedAt = Stopwatch.GetTimestamp();
    volatile bool isDoubted;

    /// <summary>All servers that hold books.</summary>
    public IReadOnlyList<PostgresSource> Servers { get; } = [.. servers.Values.Distinct()];

    /// <summary>Whether it is time to ask again.</summary>
    public bool IsOld => isDoubted || Stopwatch.GetElapsedTime(askedAt) > Fresh;

    /// <summary>A shard's server; null for one that was not there.</summary>
    public PostgresSource? Find(long shard) => servers.GetValueOrDefault(shard);

    /// <summary>Something failed that an old answer may have been the cause of.</summary>
    public void Doubt() => isDoubted = true;
}
