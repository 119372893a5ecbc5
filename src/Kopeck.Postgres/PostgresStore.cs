using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Distribution;
using Kopeck.Postgres.Reading;
using Kopeck.Postgres.Sql;
using Kopeck.Postgres.Writing;
using Kopeck.Relational;
using Kopeck.Relational.Sql;

namespace Kopeck.Postgres;

/// <summary>
/// Books in a PostgreSQL database, which any number of nodes share: the guard in every batch keeps them right. Each read is one round trip
/// and consistent in itself; no transaction outlives it.
/// </summary>
public sealed partial class PostgresStore : RelationalStore
{
    readonly AccountReads accounts;
    readonly BookServers servers;
    readonly bool ownsServers;
    readonly StandbyReads? standby;

    /// <summary>A store on one server, or on those that it routes to.</summary>
    /// <param name="source">Connections, which the store does not dispose.</param>
    /// <param name="reads">
    /// Connections to a standby for what is fixed by a number, which the store does not dispose either; null where there is none.
    /// </param>
    public PostgresStore(PostgresSource source, PostgresSource? reads = null)
        : this(source.ToServers(ServerNames.None), reads) => ownsServers = true;

    internal PostgresStore(BookServers servers, PostgresSource? reads)
    {
        standby = reads is null ? null : new StandbyReads(reads);
        this.servers = servers;
        accounts = new AccountReads((book, wanted, known, gone) =>
            servers.AtAsync(book, server => FindAccountsAsync(server, book, wanted, known, gone)));
    }

    /// <summary>Every call is a round trip.</summary>
    public override bool IsRemote => true;

    /// <summary>Who waits for a row's lock is queued.</summary>
    public override bool HasFairLocks => true;

    /// <inheritdoc/>
    protected override Dialect Dialect => PostgresDialect.Instance;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await accounts.DisposeAsync().ConfigureAwait(false);
        if (ownsServers)
            await servers.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        var (isReadOnly, mayWrite) = (false, false);
        await ReadAsync(
            Lane.Lookups,
            isSnapshot: false,
            // Of the catalog alone: no book's row is looked at, so that no single book that cannot be reached speaks for all.
            [
                new Query(
                    "SELECT pg_catalog.pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean, pg_catalog.has_table_privilege('books', 'UPDATE')")
                    .Read(row => (isReadOnly, mayWrite) = (row.Boolean(0), row.Boolean(1)))],
            cancellationToken).ConfigureAwait(false);
        if (isReadOnly)
            throw new StorageUnavailableException(PostgresFailures.ReadOnly);
        if (!mayWrite)
            throw new StorageUnavailableException("The database user may not write to the ledger's tables");
    }

    /// <inheritdoc/>
    public override async ValueTask<Instant?> ReadClockAsync(CancellationToken cancellationToken)
    {
        Instant? at = null;
        await ReadAsync(
            Lane.Lookups,
            isSnapshot: false,
            [
                new Query("SELECT (EXTRACT(EPOCH FROM pg_catalog.clock_timestamp()) * 1000000)::bigint")
                    .Read(row => at = new Instant(row.Int64(0))),
            ],
            cancellationToken).ConfigureAwait(false);
        return at;
    }

    /// <inheritdoc/>
    public override bool TellsCommits => true;

    /// <inheritdoc/>
    public override async Task ListenAsync(Action onListening, Action<BookName, long> onCommit, CancellationToken cancellationToken)
    {
        if (await servers.IsDistributedAsync().ConfigureAwait(false))
            await ServerNotices.ListenAsync(servers, onListening, onCommit, cancellationToken).ConfigureAwait(false);
        else
            await CommitNotices.ListenAsync(servers.Home, onListening, onCommit, cancellationToken).ConfigureAwait(false);
    }
}
