using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
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
/// <param name="source">Connections, which the store does not dispose.</param>
public sealed partial class PostgresStore(PostgresSource source) : RelationalStore
{
    readonly AccountReads accounts =
        new((book, wanted, known, cancellationToken) => FindAccountsAsync(source, book, wanted, known, cancellationToken));

    /// <summary>Every call is a round trip.</summary>
    public override bool IsRemote => true;

    /// <summary>Who waits for a row's lock is queued.</summary>
    public override bool HasFairLocks => true;

    /// <inheritdoc/>
    protected override Dialect Dialect => PostgresDialect.Instance;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync() => await accounts.DisposeAsync().ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        var (isReadOnly, version) = (false, 0);
        await ReadAsync(
            Lane.Lookups,
            isSnapshot: false,
            [
                new Query(
                    $"SELECT pg_catalog.pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean, ({ServingLock.AskVersion}), EXISTS (SELECT FROM books)")
                    .Read(row => (isReadOnly, version) = (row.Boolean(0), (int)row.Int64(1)))],
            cancellationToken).ConfigureAwait(false);
        if (isReadOnly)
            throw new StorageUnavailableException("PostgreSQL is read-only: it is a standby, or set so");
        source.NoteVersion(version);
        if (source.VersionProblem is { } problem)
            throw problem;
    }

    /// <inheritdoc/>
    public override async ValueTask<Instant?> ReadClockAsync(CancellationToken cancellationToken)
    {
        Instant? at = null;
        var version = 0;
        await ReadAsync(
            Lane.Lookups,
            isSnapshot: false,
            [
                new Query($"SELECT (EXTRACT(EPOCH FROM pg_catalog.clock_timestamp()) * 1000000)::bigint, ({ServingLock.AskVersion})")
                    .Read(row => (at, version) = (new Instant(row.Int64(0)), (int)row.Int64(1))),
            ],
            cancellationToken).ConfigureAwait(false);
        source.NoteVersion(version);
        return at;
    }

    /// <inheritdoc/>
    public override bool TellsCommits => true;

    /// <inheritdoc/>
    public override Task ListenAsync(Action onListening, Action<BookName, long> onCommit, CancellationToken cancellationToken) =>
        CommitNotices.ListenAsync(source, onListening, onCommit, cancellationToken);
}
