using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Distribution;
using Kopeck.Postgres.Verification;
using Kopeck.Postgres.Writing;
using Npgsql;

namespace Kopeck.Postgres;

/// <summary>A PostgreSQL database of books.</summary>
public sealed partial class PostgresDatabase : ILedgerDatabase
{
    // Any number, the same in every program: who migrates holds it.
    const long MigrationLock = 0x6B6F7065636B;

    internal static readonly IReadOnlyList<Migration> Migrations = Migration.ReadAll(typeof(PostgresDatabase).Assembly, "postgres");

    readonly PostgresSource source;
    readonly BookServers servers;
    readonly ServerNames names;
    readonly PostgresSource? reads;
    readonly NpgsqlConnectionStringBuilder address;

    /// <summary>A database; nothing is opened before the first use.</summary>
    /// <param name="address">How to reach it.</param>
    /// <param name="allowUnsafeStorage">Whether a server may be used that could lose committed operations.</param>
    /// <param name="readsAddress">How to reach a standby that answers what is fixed by a number, where it has it; null for none.</param>
    /// <param name="names">Where Citus distributes it over several servers: how they are reached from here; null for as they know each
    /// other.</param>
    public PostgresDatabase(
        NpgsqlConnectionStringBuilder address, bool allowUnsafeStorage, NpgsqlConnectionStringBuilder? readsAddress = null,
        ServerNames? names = null)
    {
        this.address = address;
        reads = readsAddress is null ? null : new PostgresSource(readsAddress, allowUnsafeStorage, isForReads: true);
        source = new PostgresSource(address, allowUnsafeStorage);
        this.names = names ?? ServerNames.None;
        servers = source.ToServers(this.names);
    }

    /// <summary>A database by its address; nothing is opened before the first use.</summary>
    /// <param name="address"><c>postgres://user:password@host:port/database</c>, or Npgsql's <c>Host=...;Database=...</c>.</param>
    /// <exception cref="FormatException">The address cannot be read; says why, without the password.</exception>
    public static PostgresDatabase At(string address) =>
        PostgresAddress.TryParse(address, out var settings, out var problem)
            ? new PostgresDatabase(settings, allowUnsafeStorage: false)
            : throw new FormatException(problem);

    /// <inheritdoc/>
    public string Description => source.Description;

    /// <inheritdoc/>
    public int CurrentVersion => Migrations[^1].Version;

    /// <inheritdoc/>
    public async Task CreateAsync(TimeProvider time)
    {
        if (!await IsThereAsync().ConfigureAwait(false))
            await RunAtServerAsync($"CREATE DATABASE {Quote(address.Database!)} TEMPLATE template0 ENCODING 'UTF8'").ConfigureAwait(false);

        await RunAsync(async connection =>
        {
            if (await DatabaseContents.RequireUsableAsync(connection).ConfigureAwait(false) == 0)
                await ApplyAsync(connection, time).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<int> MigrateAsync(TimeProvider time) =>
        await RunAsync(async connection =>
        {
            Migration.RequireKnown(await DatabaseContents.RequireUsableAsync(connection).ConfigureAwait(false), Migrations);
            if (source.IsDistributed != true)
                return await ApplyAsync(connection, time).ConfigureAwait(false);
            await Distributor.RequireCoordinatorAsync(connection).ConfigureAwait(false);
            var count = await ApplyAsync(connection, time).ConfigureAwait(false);
            // Also a table that came with a migration.
            await Distributor.RunAsync(connection).ConfigureAwait(false);
            return count;
        }).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task RequireCurrentAsync()
    {
        await RunAsync(async connection =>
        {
            Migration.RequireCurrent(Description, await DatabaseContents.RequireUsableAsync(connection).ConfigureAwait(false), Migrations);
            await DatabaseContents.RequireNoHooksAsync(connection).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        // From here on it is worked with: connections that were made before hold no lock.
        source.Version = CurrentVersion;
        source.Clear();
    }

    /// <inheritdoc/>
    public async Task RequireServableAsync()
    {
        source.RefusesStandbys = true;
        source.Clear();
        await RunAsync(async connection =>
        {
            await using var other = new NpgsqlConnection(source.SettingsOfItsOwn(connection));
            await other.OpenAsync().ConfigureAwait(false);
            await PoolerChecks.RequireSessionAsync(connection, other).ConfigureAwait(false);
            if (source.IsDistributed == true)
                await RequireServersFitAsync(connection).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        if (reads is not null)
            await RequireReadsAsync(reads).ConfigureAwait(false);
    }

    // One that is away now may come; one that refuses, or is no ledger, is a setting that somebody got wrong.
    static async Task RequireReadsAsync(PostgresSource reads)
    {
        try
        {
            var version = await RunAsync(await reads.OpenAsync().ConfigureAwait(false), DatabaseContents.RequireUsableAsync)
                .ConfigureAwait(false);
            if (version == 0)
                throw new StorageUnavailableException("it has no tables of the ledger");
        }
        catch (StorageUnavailableException exception) when (exception.InnerException
            is null or PostgresException { SqlState: ['2', '8', ..] or PostgresErrorCodes.InvalidCatalogName })
        {
            throw new StorageUnavailableException($"{reads.Description}, for reads: {exception.Message}", exception);
        }
        catch (StorageUnavailableException)
        {
            // Until then everything is read at the primary.
        }
    }

    /// <inheritdoc/>
    public async Task<DatabaseInfo> InspectAsync()
    {
        var (version, bytes) = await RunAsync(async connection =>
        {
            var found = await DatabaseContents.RequireUsableAsync(connection).ConfigureAwait(false);
            var ask = source.IsDistributed == true ? Citus.Bytes : "SELECT pg_database_size(current_database())";
            await using var size = new NpgsqlCommand(ask, connection);
            return (found, (long)(await size.ExecuteScalarAsync().ConfigureAwait(false))!);
        }).ConfigureAwait(false);
        await using var store = new PostgresStore(servers, reads: null);
        if (version == 0)
            return new DatabaseInfo(version, bytes, BookList.Empty);
        var books = await store.ListBooksAsync(CancellationToken.None).ConfigureAwait(false);
        return new DatabaseInfo(version, bytes, books)
        {
            Servers = source.IsDistributed == true
                ? await FindServersAsync([.. books.Select(book => book.Book), .. books.Unreadable.Select(book => book.Book)])
                    .ConfigureAwait(false)
                : new Dictionary<BookName, string>(),
        };
    }

    /// <inheritdoc/>
    public async Task BackupAsync(string target, bool overwrite, Action<long, long>? progress)
    {
        var schema = await RunAsync(async connection =>
        {
            await DatabaseContents.RequireUsableAsync(connection).ConfigureAwait(false);
            return await DatabaseContents.FindSchemaAsync(connection).ConfigureAwait(false);
        }).ConfigureAwait(false);
        await PostgresDump.BackupAsync(
            address, schema ?? throw new StorageUnavailableException($"{Description} has no tables to copy"), target, overwrite)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task DropAsync()
    {
        source.Clear();
        await RunAsync(async connection =>
        {
            await DatabaseContents.RequireDroppableAsync(connection).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        if (source.IsDistributed == true)
        {
            await DropDistributedAsync().ConfigureAwait(false);
            return;
        }

        source.Clear();
        await RunAtServerAsync($"DROP DATABASE {Quote(address.Database!)}").ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ILedgerStore OpenStore() => new PostgresStore(servers, reads);

    /// <inheritdoc/>
    public IVerificationStore OpenForVerification() => new PostgresVerificationStore(servers);

    /// <inheritdoc/>
    public Task<VerificationResult> RebuildAsync(BookName book, Action<long, long>? progress) =>
        Task.Run(() => PostgresRebuild.Rebuild(servers, book, progress));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await servers.DisposeAsync().ConfigureAwait(false);
        if (reads is not null)
            await reads.DisposeAsync().ConfigureAwait(false);
        await source.DisposeAsync().ConfigureAwait(false);
    }

    async Task<bool> IsThereAsync()
    {
        try
        {
            await using var connection = await source.OpenWriterAsync().ConfigureAwait(false);
            return true;
        }
        catch (StorageUnavailableException exception) when (exception.InnerException
            is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName })
        {
            return false;
        }
    }

    static async Task<int> ApplyAsync(NpgsqlConnection connection, TimeProvider time)
    {
        var count = 0;
        foreach (var migration in Migrations)
        {
            await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
            await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})").ConfigureAwait(false);
            // Another process may have applied it in the meantime.
            if (await DatabaseContents.RequireUsableAsync(connection).ConfigureAwait(false) >= migration.Version)
                continue;
            await using (var alone = new NpgsqlCommand(ServingLock.TakeAlone, connection))
            {
                if (await alone.ExecuteScalarAsync().ConfigureAwait(false) is false)
                    throw Migration.InUse("The database");
            }

            await ExecuteAsync(connection, migration.Sql).ConfigureAwait(false);
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)")
                .Add(migration.Version).Add(migration.Name).Add(migration.Checksum).Add(Instant.From(time.GetUtcNow()).Microseconds));
            await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            count++;
        }

        return count;
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>What cannot be done from within the database itself is done from the one that every server has.</summary>
    Task RunAtServerAsync(string sql) => AtServerAsync(address, connection => ExecuteAsync(connection, sql));

    Task AtServerAsync(Func<NpgsqlConnection, Task> work) => AtServerAsync(address, work);

    static Task AtServerAsync(NpgsqlConnectionStringBuilder address, Func<NpgsqlConnection, Task> work)
    {
        var settings = new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            Password = address.Password,
            Database = "postgres",
            Pooling = false
        };
        // A standby among several hosts makes and drops nothing.
        if (PostgresHosts.Of(address).Count > 1)
            settings.TargetSessionAttributes = "read-write";
        return ConnectAsync(settings, work);
    }

    /// <summary>Does something on a connection of its own.</summary>
    static Task ConnectAsync(NpgsqlConnectionStringBuilder settings, Func<NpgsqlConnection, Task> work) =>
        RunAsync(new NpgsqlConnection(settings.ConnectionString), async connection =>
        {
            await connection.OpenAsync().ConfigureAwait(false);
            await work(connection).ConfigureAwait(false);
            return true;
        });

    async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work) =>
        await RunAsync(await source.OpenWriterAsync().ConfigureAwait(false), work).ConfigureAwait(false);

    static async Task<T> RunAsync<T>(NpgsqlConnection connection, Func<NpgsqlConnection, Task<T>> work)
    {
        try
        {
            return await work(connection).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.ObjectInUse)
        {
            throw new StorageUnavailableException("The database is in use: stop the servers first", exception);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase)
        {
            throw new StorageUnavailableException("The database is there already", exception);
        }
        catch (Exception exception) when (PostgresFailures.IsStorage(exception))
        {
            throw PostgresFailures.ToUnavailable(exception);
        }
        finally
        {
            await Commit.ReleaseAsync(connection).ConfigureAwait(false);
        }
    }

    static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
