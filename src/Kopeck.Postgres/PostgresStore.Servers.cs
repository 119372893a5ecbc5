using System.Collections.Concurrent;
using System.Diagnostics;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Distribution;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;

namespace Kopeck.Postgres;

/// <content>What is asked of all books, where they are on several servers: each server is asked about its own, so that one that is away
/// keeps nothing from the others.</content>
public sealed partial class PostgresStore
{
    // Of the books that lie on a server that cannot be asked straight, those that this node knows, through another.
    const string DueOfKnown =
        "SELECT b.book FROM books b WHERE b.book = ANY($2) AND EXISTS (SELECT 1 FROM holds h WHERE h.book = b.book AND h.due_at <= $1)";

    readonly ConcurrentDictionary<PostgresSource, DueQuery> due = new();

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyDictionary<BookName, long>> ReadHeadsAsync(
        IReadOnlyCollection<BookName> books, CancellationToken cancellationToken)
    {
        if (!await servers.IsDistributedAsync().ConfigureAwait(false))
            return await base.ReadHeadsAsync(books, cancellationToken).ConfigureAwait(false);
        var places = await Task.WhenAll(books.Select(async book => (Book: book, Server: await servers.OfAsync(book).ConfigureAwait(false))))
            .ConfigureAwait(false);
        var heads = new ConcurrentDictionary<BookName, long>();
        await Task.WhenAll(places.GroupBy(place => place.Server, place => place.Book).Select(async group =>
        {
            var query = BookRows.SelectHeads(Dialect, group)
                .Read(row => heads[BookName.Parse(row.Text(0))] = row.Int64(1));
            await ReadAsync(group.Key, group.Key.Lookups, isSnapshot: false, [query], cancellationToken).ConfigureAwait(false);
        })).ConfigureAwait(false);
        return heads;
    }

    async Task<IReadOnlyCollection<BookName>> FindDueAtServersAsync(Instant until, CancellationToken cancellationToken)
    {
        var asked = await Task.WhenAll((await servers.AllAsync().ConfigureAwait(false))
            .Select(server => TryFindDueAsync(server, until, cancellationToken))).ConfigureAwait(false);
        return asked is [{ Failure: { } failure }, ..] && asked.All(each => each.Failure is not null)
            ? throw failure
            : asked.SelectMany(each => each.Books).ToHashSet();
    }

    // What is due on a server that cannot be asked stays due.
    async Task<(List<BookName> Books, StorageUnavailableException? Failure)> TryFindDueAsync(
        PostgresSource server, Instant until, CancellationToken cancellationToken)
    {
        var found = new List<BookName>();
        try
        {
            var query = server.IsAway
                ? new Query(DueOfKnown).Add(until.Microseconds).AddKeys(servers.KnownAt(server).Select(book => book.Value))
                : new Query(await DueAtAsync(server, cancellationToken).ConfigureAwait(false)).Add(until.Microseconds);
            var asked = server.IsAway ? servers.Home : server;
            if (query.Text.Length > 0)
                await ReadAsync(
                    asked, asked.Lookups, isSnapshot: false, [query.Read(row => found.Add(BookName.Parse(row.Text(0))))], cancellationToken)
                    .ConfigureAwait(false);
            return (found, null);
        }
        catch (StorageUnavailableException exception)
        {
            if (exception is ServerUnreachableException)
                server.NoteAway();
            due.TryRemove(server, out _);
            return (found, exception);
        }
    }

    // The tables themselves that lie on a server: a question by the name of the whole would go to all servers. A table that moved away
    // meanwhile answers as it was, or is not there: its books are asked for again where they went.
    async Task<string> DueAtAsync(PostgresSource server, CancellationToken cancellationToken)
    {
        if (due.TryGetValue(server, out var known) && !known.IsOld)
            return known.Text;
        var parts = new List<string>();
        await ReadAsync(
            server, server.Lookups, isSnapshot: false,
            [
                new Query(Citus.LocalShards).Read(row => parts.Add(
                    $"SELECT b.book FROM {row.Text(0)} b WHERE EXISTS (SELECT 1 FROM {row.Text(1)} h WHERE h.book = b.book AND h.due_at <= $1)"))
            ],
            cancellationToken).ConfigureAwait(false);
        parts.Sort(StringComparer.Ordinal);
        var text = string.Join(" UNION ALL ", parts);
        due[server] = new DueQuery(text);
        return text;
    }

    sealed record DueQuery(string Text)
    {
        static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

        readonly long askedAt = Stopwatch.GetTimestamp();

        public bool IsOld => Stopwatch.GetElapsedTime(askedAt) > Fresh;
    }
}
