using System.Diagnostics;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Sql;
using Kopeck.Postgres.Writing;
using Kopeck.Relational;
using Kopeck.Relational.Sql;
using Npgsql;

namespace Kopeck.Postgres.Reading;

/// <summary>
/// The reads of one book at a standby that has its journal up to a place: looked at on each connection before it is asked anything. For one
/// read; nothing is written.
/// </summary>
sealed class StandbyStore(PostgresSource source, JournalPlace place) : RelationalStore
{
    const string SelectHas = "SELECT 1 FROM operations WHERE book = $1 AND number = $2 AND hash = $3";

    // A standby that follows is behind by less.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc/>
    public override bool IsRemote => true;

    /// <inheritdoc/>
    public override bool HasFairLocks => false;

    /// <inheritdoc/>
    protected override Dialect Dialect => PostgresDialect.Instance;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public override ValueTask CheckAsync(CancellationToken cancellationToken) => throw NotHere();

    /// <inheritdoc/>
    public override ValueTask<bool> CommitAsync(BatchRows batch, IBookLock? held) => throw NotHere();

    /// <inheritdoc/>
    public override ValueTask<BookRow?> BumpEpochAsync(BookName book) => throw NotHere();

    /// <inheritdoc/>
    public override ValueTask<IBookLock> LockAsync(BookName book, long after = long.MaxValue) => throw NotHere();

    /// <inheritdoc/>
    public override ValueTask<AsOf<Account?>> GetAccountNowAsync(
        BookName book, long account, KnownAccounts known, CancellationToken cancellationToken) => throw NotHere();

    /// <inheritdoc/>
    public override ValueTask<bool> AddKeyAsync(ApiKey key, CancellationToken cancellationToken, Action? beforeStoring = null) =>
        throw NotHere();

    /// <inheritdoc/>
    public override ValueTask<ApiKey?> RevokeKeyAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken) =>
        throw NotHere();

    /// <inheritdoc/>
    public override ValueTask<ApiKey?> ChangeKeyAsync(
        BookName? book, KeyName name, Func<ApiKey, IReadOnlyList<ApiKey>, ApiKey?> change, CancellationToken cancellationToken) =>
        throw NotHere();

    /// <inheritdoc/>
    public override ValueTask NoteUseAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken) =>
        throw NotHere();

    /// <inheritdoc/>
    protected override Task ReadAsync(Lane lane, bool isSnapshot, IReadOnlyList<Query> queries, CancellationToken cancellationToken) =>
        PostgresStore.ReadAsync(
            source, lane == Lane.Lookups ? source.Lookups : source.Data, isSnapshot, queries, cancellationToken, RequireHereAsync);

    async Task RequireHereAsync(NpgsqlConnection connection)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await IsHereAsync(connection).ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(began) >= Patience)
                throw new StandbyBehindException();
            await Task.Delay(Step).ConfigureAwait(false);
        }
    }

    async Task<bool> IsHereAsync(NpgsqlConnection connection)
    {
        // A server that was stopped does not even refuse.
        await using var batch = new NpgsqlBatch(connection) { Timeout = 1 };
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(SelectHas).Add(place.Book.Value).Add(place.Number).Add(place.Hash.ToBytes()));
        return await batch.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false) is not null;
    }

    static NotSupportedException NotHere() => new("A standby is read, of what is fixed");
}
