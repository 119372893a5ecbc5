using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Relational.Sql;

namespace Kopeck.Postgres.Distribution;

/// <summary>
/// To which server a book's connections go. On plain PostgreSQL that is the one of the address. Where Citus distributes the database by
/// book it is the one that holds the book, straight, so that commits, locks and snapshots are that server's own; Citus is asked where
/// that is, again every few seconds and after failures. A server that no connection can be made to is left out for a moment, and the
/// address' own routes to it, if that can: so one that is dead stops its own books and nothing else.
/// </summary>
/// <param name="home">The address that was set, which this does not dispose.</param>
/// <param name="names">How the servers are reached from here.</param>
/// <param name="open">Makes a source for another server of the same database.</param>
sealed class BookServers(PostgresSource home, ServerNames names, Func<ServerAddress, PostgresSource> open) : IAsyncDisposable
{
    // Of books that were asked for, there or not.
    const int MostKnown = 100_000;

    // Where nobody answers, nobody is asked more often than this.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    readonly ConcurrentDictionary<ServerAddress, Lazy<PostgresSource>> others = new();
    readonly ConcurrentDictionary<BookName, long> shards = new();
    readonly Lock gate = new();
    volatile ShardMap? map;
    Task<ShardMap>? asking;
    long askedAt;

    /// <summary>The address that was set.</summary>
    public PostgresSource Home => home;

    /// <summary>
    /// Does something at a book's server, or where any one will do for null, at one that answers. What is done begins with a connection:
    /// where none can be made, another server is tried.
    /// </summary>
    public Task<T> AtAsync<T>(BookName? book, Func<PostgresSource, Task<T>> work) => IsOne ? work(home) : AtOneOfAsync(book, work);

    /// <summary>Whether it is plain PostgreSQL, as far as is known.</summary>
    public bool IsOne => home.IsDistributed == false;

    async Task<T> AtOneOfAsync<T>(BookName? book, Func<PostgresSource, Task<T>> work)
    {
        var first = book is { } name ? await OfAsync(name).ConfigureAwait(false) : Answering();
        PostgresSource? second;
        try
        {
            return await work(first).ConfigureAwait(false);
        }
        catch (ServerUnreachableException) when ((second = Another(first, null)) is not null)
        {
            first.NoteAway();
            map?.Doubt();
        }
        catch (StorageUnavailableException)
        {
            map?.Doubt();
            throw;
        }

        PostgresSource? third;
        try
        {
            return await work(second).ConfigureAwait(false);
        }
        catch (ServerUnreachableException) when ((third = Another(first, second)) is not null)
        {
            second.NoteAway();
        }

        return await work(third).ConfigureAwait(false);
    }

    /// <summary>A book's server, unless it was away just now: then one that routes to it.</summary>
    public ValueTask<PostgresSource> OfAsync(BookName book)
    {
        if (IsOne)
            return new(home);
        if (map is not { } known || !shards.TryGetValue(book, out var shard) || known.Find(shard) is not { } server)
            return new(FindAsync(book));
        if (known.IsOld && Stopwatch.GetElapsedTime(Interlocked.Read(ref askedAt)) > Pause)
            _ = AskAgainAsync();
        return new(server.IsAway ? Answering() : server);
    }

    /// <summary>All servers that hold books; the one of the address on plain PostgreSQL.</summary>
    public async ValueTask<IReadOnlyList<PostgresSource>> AllAsync()
    {
        if (!await IsDistributedAsync().ConfigureAwait(false))
            return [home];
        return (map is { IsOld: false } known ? known : await AskAsync().ConfigureAwait(false)).Servers;
    }

    /// <summary>Whether Citus distributes the database by book.</summary>
    public async ValueTask<bool> IsDistributedAsync()
    {
        if (home.IsDistributed is { } known)
            return known;
        await using var connection = await home.OpenAsync().ConfigureAwait(false);
        return home.IsDistributed == true;
    }

    /// <summary>Books that were asked for here, and that lie on a server.</summary>
    public IReadOnlyList<BookName> KnownAt(PostgresSource server) =>
        map is { } known ? [.. shards.Where(each => known.Find(each.Value) == server).Select(each => each.Key)] : [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var other in others.Values.Where(other => other.IsValueCreated))
            await other.Value.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the connections that nobody uses now, to every server.</summary>
    public void Clear()
    {
        home.Clear();
        foreach (var other in others.Values.Where(other => other.IsValueCreated))
            other.Value.Clear();
    }

    async Task<PostgresSource> FindAsync(BookName book)
    {
        if (!await IsDistributedAsync().ConfigureAwait(false))
            return home;
        var known = map ?? await AskAsync().ConfigureAwait(false);
        var shard = await AtAsync(null, server => ShardAsync(server, book)).ConfigureAwait(false);
        if (shards.Count >= MostKnown)
            shards.Clear();
        shards[book] = shard;
        var found = known.Find(shard) ?? (await AskAsync().ConfigureAwait(false)).Find(shard) ?? home;
        return found.IsAway ? Answering() : found;
    }

    // Who asks at once is answered together.
    Task<ShardMap> AskAsync()
    {
        lock (gate)
            return asking ??= Task.Run(AskNowAsync);
    }

    async Task AskAgainAsync()
    {
        try
        {
            await AskAsync().ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            // No server answers: what is known is as good as anything, and they are asked again.
        }
    }

    async Task<ShardMap> AskNowAsync()
    {
        Interlocked.Exchange(ref askedAt, Stopwatch.GetTimestamp());
        try
        {
            var places = await AtAsync(null, PlacesAsync).ConfigureAwait(false);
            return map = new ShardMap(places.ToFrozenDictionary(place => place.Shard, place => At(place.Server, place.IsHome)));
        }
        finally
        {
            lock (gate)
                asking = null;
        }
    }

    async Task<List<(long Shard, ServerAddress Server, bool IsHome)>> PlacesAsync(PostgresSource server)
    {
        var places = new List<(long, ServerAddress, bool)>();
        await PostgresStore.ReadAsync(
            server, server.Lookups, isSnapshot: false,
            [
                new Query(Citus.PlacesOfBooks).Read(row =>
                {
                    var isHome = server == home && !home.HasSeveralHosts && row.Boolean(3);
                    places.Add((row.Int64(0), new ServerAddress(row.Text(1), (int)row.Int64(2)), isHome));
                })
            ],
            CancellationToken.None).ConfigureAwait(false);
        return places;
    }

    static async Task<long> ShardAsync(PostgresSource server, BookName book)
    {
        long shard = 0;
        await PostgresStore.ReadAsync(
            server, server.Lookups, isSnapshot: false, [new Query(Citus.ShardOfBook).Add(book.Value).Read(row => shard = row.Int64(0))],
            CancellationToken.None).ConfigureAwait(false);
        return shard;
    }

    // What the address leads to has its connections already, by whatever name the others know it.
    PostgresSource At(ServerAddress server, bool isHome)
    {
        var here = names.From(server);
        if (isHome || (!home.HasSeveralHosts && home.Address.Host == here.Host && home.Address.Port == here.Port))
            return home;
        return others.GetOrAdd(here, address => new Lazy<PostgresSource>(() => open(address))).Value;
    }

    PostgresSource Answering() => home.IsAway ? Another(home, null) ?? home : home;

    /// <summary>One that was not tried yet: the address' own, or the first that is not known to be away.</summary>
    PostgresSource? Another(PostgresSource tried, PostgresSource? triedNext)
    {
        if (tried != home && triedNext != home && !home.IsAway)
            return home;
        foreach (var server in map?.Servers ?? [])
        {
            if (server != tried && server != triedNext && !server.IsAway)
                return server;
        }

        return tried != home && triedNext != home ? home : null;
    }
}
