using System.Diagnostics;
using Kopeck.Engine.Storage;
using Kopeck.Postgres.Distribution;
using Npgsql;

namespace Kopeck.Postgres.Connections;

/// <summary>Connections to one database, each checked when it is made: a server that could lose what it acknowledged is refused.</summary>
public sealed class PostgresSource : IAsyncDisposable
{
    // A batch goes out in one piece, so that a node that is stopped in the middle of writing does not leave the book's row locked.
    const int WriteBufferBytes = 1 << 20;

    const int HostRecheckSeconds = 1;

    /// <summary>The longest that the server works on one statement of a reader.</summary>
    const int ReadTimeoutMs = 10_000;

    // Of each pool, unless the user says otherwise: more make nothing faster, and two nodes and a tool fit into the 100 of a server as it
    // is delivered.
    const int MaxReaders = 24;
    const int MaxLookups = 8;
    const int MaxWriters = 12;
    const int MaxListeners = 2;

    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    // A server to which no connection could be made is not tried again for so long, where another may do.
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // Of a source of reads: whoever asks has another server to turn to.
    const int ReadsTimeoutSeconds = 1;

    readonly bool allowUnsafeStorage;
    readonly bool isForReads;
    long awaySince;

    /// <summary>A source on a database; nothing is opened before the first use.</summary>
    /// <param name="address">What the user set.</param>
    /// <param name="allowUnsafeStorage">Whether a server may be used that could lose committed operations.</param>
    /// <param name="isForReads">Whether it may be a standby, which is asked only for what it has.</param>
    public PostgresSource(NpgsqlConnectionStringBuilder address, bool allowUnsafeStorage, bool isForReads = false)
    {
        this.allowUnsafeStorage = allowUnsafeStorage || isForReads;
        this.isForReads = isForReads;
        Description = PostgresAddress.Describe(address);
        Address = address;
        HasSeveralHosts = address.Host?.Contains(',', StringComparison.Ordinal) == true;
        Data = BuildReaders(MaxReaders, isLong: true);
        Lookups = BuildReaders(MaxLookups, isLong: false);
        Writers = Build(Settings(MaxWriters, WriteBufferBytes), CheckWriterAsync);
        Listeners = Build(Settings(MaxListeners), CheckAsync);
    }

    /// <summary>Where the database is, without secrets.</summary>
    public string Description { get; }

    internal NpgsqlConnectionStringBuilder Address { get; }

    internal bool AllowsUnsafeStorage => allowUnsafeStorage;

    /// <summary>Whether a standby is refused, wherever an address leads now: a server needs what was acknowledged last.</summary>
    internal bool RefusesStandbys { get; set; }

    /// <summary>
    /// Whether Citus distributes the books of this database over servers, as the last connection saw that was made; null before the first.
    /// </summary>
    internal bool? IsDistributed { get; private set; }

    /// <summary>Whether the address names several hosts, of which any may be the one that is connected to.</summary>
    internal bool HasSeveralHosts { get; }

    /// <summary>Whether no connection could be made just now.</summary>
    internal bool IsAway => Interlocked.Read(ref awaySince) is not 0 and var since && Stopwatch.GetElapsedTime(since) < Pause;

    /// <summary>Connections that read.</summary>
    internal ReadPool Data { get; }

    /// <summary>
    /// Connections that look accounts and keys up, all the time and one or two at once. A pool takes its connections in turn, so that of
    /// one that lists and statements made large each query would wake another of the server's processes, which has nothing at hand.
    /// </summary>
    internal ReadPool Lookups { get; }

    /// <summary>Connections that commit batches.</summary>
    internal NpgsqlDataSource Writers { get; }

    /// <summary>A connection that is told of commits, while anybody follows a journal.</summary>
    internal NpgsqlDataSource Listeners { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Data.DisposeAsync().ConfigureAwait(false);
        await Lookups.DisposeAsync().ConfigureAwait(false);
        await Writers.DisposeAsync().ConfigureAwait(false);
        await Listeners.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the connections that nobody uses now, of every pool.</summary>
    internal void Clear()
    {
        Data.Source.Clear();
        Lookups.Source.Clear();
        Writers.Clear();
        Listeners.Clear();
    }

    /// <summary>This server and the others of its database, where it has any: with the same user, options and rules.</summary>
    internal BookServers ToServers(ServerNames names) => new(this, names, Another);

    /// <summary>No connection could be made.</summary>
    internal void NoteAway() => Interlocked.Exchange(ref awaySince, Stopwatch.GetTimestamp());

    internal ValueTask<NpgsqlConnection> OpenAsync() => OpenAsync(Data.Source);

    internal ValueTask<NpgsqlConnection> OpenWriterAsync() => OpenAsync(Writers);

    /// <summary>
    /// A connection from one of this source's pools. No caller's token: it would be cancelled on a thread that must not wait.
    /// </summary>
    internal async ValueTask<NpgsqlConnection> OpenAsync(NpgsqlDataSource source)
    {
        try
        {
            return await source.OpenConnectionAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (NpgsqlException exception) when (HasSeveralHosts && !isForReads
            && exception.InnerException is not (PostgresException or StorageUnavailableException))
        {
            // A host that was lost is passed over until it is asked again, although it may be back already.
            await Task.Delay(TimeSpan.FromSeconds(HostRecheckSeconds) + Moment, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgresFailures.IsStorage(exception))
        {
            throw PostgresFailures.ToUnreachable(exception);
        }

        try
        {
            return await source.OpenConnectionAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgresFailures.IsStorage(exception))
        {
            throw PostgresFailures.ToUnreachable(exception);
        }
    }

    /// <summary>The same database on another server, with the same user and options.</summary>
    internal PostgresSource Another(ServerAddress server)
    {
        var settings = new NpgsqlConnectionStringBuilder(Address.ConnectionString)
        {
            Password = Address.Password,
            Host = server.Host,
            Port = server.Port,
        };
        settings.Remove("Target Session Attributes");
        settings.Remove("Load Balance Hosts");
        return new PostgresSource(settings, allowUnsafeStorage) { RefusesStandbys = RefusesStandbys };
    }

    ReadPool BuildReaders(int maxSize, bool isLong)
    {
        var settings = Settings(maxSize);
        return new ReadPool(Build(settings, CheckReaderAsync), settings.MaxPoolSize, isLong);
    }

    NpgsqlConnectionStringBuilder Settings(int maxSize, int? writeBuffer = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(Address.ConnectionString)
        {
            Password = Address.Password,
            // Nothing is set for a session but once, when it begins: that has to stay.
            NoResetOnClose = true,
            // Commands are waited for; how long a caller waits is the engine's matter.
            CommandTimeout = 0,
            // Which command of a batch failed tells a lost race from a commit whose outcome is unknown.
            IncludeFailedBatchedCommand = true,
            PersistSecurityInfo = false,
        };
        if (string.IsNullOrEmpty(Address.ApplicationName))
            settings.ApplicationName = "kopeck";
        // ContainsKey tells whether Npgsql knows the name, not whether it is set.
        if (!Address.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = Math.Max(maxSize, settings.MinPoolSize);
        if (settings.MaxAutoPrepare == 0)
            settings.MaxAutoPrepare = 100;
        settings.AutoPrepareMinUsages = 2;
        if (string.IsNullOrEmpty(settings.ClientEncoding))
            settings.ClientEncoding = "UTF8";
        if (settings.KeepAlive == 0)
            settings.TcpKeepAlive = true;
        // Which of several hosts takes writes is asked again every second, not every ten: a promotion is noticed at once.
        if (settings.HostRecheckSeconds == 10)
            settings.HostRecheckSeconds = HostRecheckSeconds;
        if (isForReads)
            settings.Timeout = ReadsTimeoutSeconds;
        else if (settings.Timeout > 5)
            settings.Timeout = 5;
        if (writeBuffer is { } bytes)
            settings.WriteBufferSize = bytes;
        return settings;
    }

    NpgsqlDataSource Build(NpgsqlConnectionStringBuilder settings, Func<NpgsqlConnection, Task> check)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UsePhysicalConnectionInitializer(connection => check(connection).GetAwaiter().GetResult(), check);
        // Several hosts: the batch goes to the one that takes writes, whichever it is today.
        return HasSeveralHosts ? builder.BuildMultiHost().WithTargetSession(TargetOf(settings)) : builder.Build();
    }

    TargetSessionAttributes TargetOf(NpgsqlConnectionStringBuilder settings) =>
        settings.TargetSessionAttributes is { Length: > 0 } named
            && Enum.TryParse<TargetSessionAttributes>(named.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var target)
                ? target
                : isForReads ? TargetSessionAttributes.PreferStandby : TargetSessionAttributes.Primary;

    // A page is short. One that is not, because of a lock or a plan, is ended by the server: nobody cancels it from here.
    /// <summary>Settings of a connection beside the pools, to the server that another connection is at.</summary>
    internal string SettingsOfItsOwn(NpgsqlConnection connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(Address.ConnectionString)
        {
            Password = Address.Password,
            Host = connection.Host,
            Port = connection.Port,
            Pooling = false,
            MaxAutoPrepare = 0,
        };
        settings.Remove("Target Session Attributes");
        settings.Remove("Load Balance Hosts");
        return settings.ConnectionString;
    }

    async Task CheckReaderAsync(NpgsqlConnection connection)
    {
        await CheckAsync(connection).ConfigureAwait(false);
        await using var limit = new NpgsqlCommand($"SET statement_timeout = {ReadTimeoutMs}", connection);
        await limit.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    // Citus lowers the warnings of another server's COMMIT: there a standby's is told so, by its class.
    async Task CheckWriterAsync(NpgsqlConnection connection)
    {
        await CheckAsync(connection).ConfigureAwait(false);
        if (IsDistributed != true)
            return;
        await using var set = new NpgsqlCommand("SET client_min_messages = debug1", connection);
        await set.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    async Task CheckAsync(NpgsqlConnection connection)
    {
        // A commit that no standby has is told by a warning alone: that it is sent must not depend on the role, the database or the user's
        // options.
        // It is set here rather than at the start of the session, where poolers know few settings.
        await using (var set = new NpgsqlCommand("SET client_min_messages = warning", connection))
            await set.ExecuteNonQueryAsync().ConfigureAwait(false);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var ask = new NpgsqlCommand(ServerFitness.Ask, connection))
        {
            await using var rows = await ask.ExecuteReaderAsync().ConfigureAwait(false);
            while (await rows.ReadAsync().ConfigureAwait(false))
                settings.Add(rows.GetString(0), rows.GetString(1));
        }

        IsDistributed = settings.GetValueOrDefault(ServerFitness.HasCitus) == "true"
            && await Citus.IsDistributedAsync(connection).ConfigureAwait(false);
        if (ServerFitness.Problem(settings, allowUnsafeStorage) is { } problem)
            throw new StorageUnavailableException(problem);
        if (RefusesStandbys && settings.GetValueOrDefault(ServerFitness.IsStandby) == "true")
            throw new StorageUnavailableException(
                "PostgreSQL is a standby, which may not have what was acknowledged: name the primary, or all hosts");
    }
}
