using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Kopeck.Testing;

/// <summary>
/// A real PostgreSQL of its own, on a free port and in a temporary folder, durable unless settings say otherwise. Passwords are asked for,
/// and text sorts as people do it, so that who relies on byte order without saying so is found out. It goes away with the test process,
/// whichever way that ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The superuser's and the tests' own role.</summary>
    public const string Superuser = "postgres", User = "kopeck";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static readonly Lazy<Task<PostgresServer>> Shared = new(GivenOrNewAsync);

    // A database with tables and without a book, which new ones are copies of: to make it takes a program its start.
    const string Template = "template_ledger";

    // initdb takes seconds: every server of this process starts from a copy of one folder, and has its password.
    static readonly Lazy<Task<(string Data, string Password)>> Fresh = new(InitializeAsync);

    readonly string folder;
    readonly CitusCluster? cluster;
    readonly StringBuilder log = new();
    Process? process;
    int databases;

    PostgresServer(string folder, string password, int port)
    {
        this.folder = folder;
        Password = password;
        Port = port;
    }

    PostgresServer(CitusCluster cluster)
        : this("", CitusCluster.Password, cluster.Coordinator.Port) => this.cluster = cluster;

    public int Port { get; }

    /// <summary>Whether it is the cluster that was given.</summary>
    public bool IsCluster => cluster is not null;

    /// <summary>Of both roles, as operators like them: it has what an address must escape. It is nowhere to be seen in outputs.</summary>
    public string Password { get; }

    /// <summary>What the server itself logged.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    /// <summary>The postmaster's process id, while it runs.</summary>
    public int ProcessId => process?.Id ?? throw new InvalidOperationException("PostgreSQL does not run");

    /// <summary>Whether it was started and not stopped.</summary>
    public bool IsRunning => process is not null || cluster is not null;

    internal string Data => Path.Combine(folder, "data");

    /// <summary>A fresh server.</summary>
    /// <param name="settings">Lines of postgresql.conf, for example <c>["fsync"] = "off"</c>.</param>
    public static async Task<PostgresServer> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var (data, password) = await Fresh.Value;
        var server = new PostgresServer(NewFolder(), password, FreePorts.Take());
        Shell.Run("cp", "-a", data, server.Data);
        PostgresPrograms.Give(server.folder);
        server.Configure(settings ?? new Dictionary<string, string>());
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>
    /// A server that a test may stop: all those of the cluster that was given, or else a fresh one. Of the cluster it is the coordinator
    /// that is talked to.
    /// </summary>
    public static async Task<PostgresServer> GivenOrNewAsync()
    {
        if (CitusCluster.Given is not { } cluster)
            return await StartAsync();
        foreach (var server in cluster.Servers)
            await server.FindProcessAsync();
        return new PostgresServer(cluster);
    }

    /// <summary>A copy of a running server in another folder and on another port, which follows it.</summary>
    internal static async Task<PostgresServer> FollowAsync(PostgresServer primary, string name)
    {
        var standby = new PostgresServer(NewFolder(), primary.Password, FreePorts.Take());
        await standby.FollowAgainAsync(primary, name);
        return standby;
    }

    /// <summary>Takes a fresh copy of a running server and follows it.</summary>
    internal async Task FollowAgainAsync(PostgresServer primary, string name)
    {
        if (Directory.Exists(Data))
            Directory.Delete(Data, recursive: true);
        PostgresPrograms.Give(folder);
        PostgresPrograms.Run(
            "pg_basebackup", primary.Password,
            [
                "--pgdata", Data, "--host", "127.0.0.1", "--port", Text(primary.Port), "--username", Superuser, "--checkpoint", "fast",
                "--wal-method", "stream", "--no-sync"]);
        Configure(new Dictionary<string, string>
        {
            ["primary_conninfo"] =
                $"host=127.0.0.1 port={primary.Port} user={Superuser} password={primary.Password} application_name={name}",
        });
        await File.WriteAllTextAsync(Path.Combine(Data, "standby.signal"), "");
        PostgresPrograms.Give(Data);
        await StartAgainAsync();
    }

    /// <summary>The one server that tests of this process share, each with a database of its own.</summary>
    public static Task<PostgresServer> SharedAsync() => Shared.Value;

    /// <summary>Makes an empty database with a name of its own; the name.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        if (cluster is not null)
            return await cluster.CreateBareAsync();
        var name = NextName();
        await CreateDatabaseAsync(name);
        return name;
    }

    /// <summary>Makes a database with tables, as <c>kopeck db create</c> leaves it; its name.</summary>
    public async Task<string> CreateLedgerAsync()
    {
        if (cluster is not null)
            return await cluster.CreateAsync();
        var name = NextName();
        await ExecuteAsync($"CREATE DATABASE {name} OWNER {User} TEMPLATE {Template}");
        return name;
    }

    /// <summary>Makes an empty database that the tests' role owns.</summary>
    public Task CreateDatabaseAsync(string name) => ExecuteAsync($"CREATE DATABASE \"{name}\" OWNER {User}");

    /// <summary>A database as <c>postgres://user:password@host:port/database</c>.</summary>
    /// <param name="port">A proxy's, where not straight to the server.</param>
    public string Address(string database, int? port = null) =>
        $"postgres://{User}:{Uri.EscapeDataString(Password)}@{HostOf(port)}:{port ?? Port}/{database}";

    /// <summary>A database in Npgsql's own form, for the tests' role or the superuser.</summary>
    public string ConnectionString(string database, int? port = null, string user = User) =>
        cluster is not null && port is null && user != User
            ? cluster.Coordinator.ConnectionString(database)
            : $"Host={HostOf(port)};Port={port ?? Port};Database={database};Username={user};Password={Password}";

    // A proxy is here, wherever the server is.
    string HostOf(int? port) => cluster is not null && port is null ? cluster.Coordinator.Host : "127.0.0.1";

    /// <summary>Runs a statement as superuser.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row as superuser; null when there is no row.</summary>
    public async Task<object?> AskAsync(string sql, string database = "postgres")
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Stops at once, as a crash would: connections are cut, the next start recovers from the log.</summary>
    public void Kill() => Stop("QUIT");

    /// <summary>Cuts all connections and stops in order.</summary>
    public void Stop() => Stop("INT");

    /// <summary>Starts after <see cref="Kill"/> or <see cref="Stop()"/>, on the same port; answers when it takes connections.</summary>
    public async Task StartAgainAsync()
    {
        if (cluster is not null)
        {
            await Task.WhenAll(cluster.Servers.Select(server => server.StartAgainAsync()));
            return;
        }

        Assert.Null(process);
        var (program, arguments) = PostgresPrograms.Command("postgres", "-D", Data);
        var started = Shell.Start(program, arguments);
        started.OutputDataReceived += (_, line) => Note(line.Data);
        started.ErrorDataReceived += (_, line) => Note(line.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        started.StandardInput.Close();
        Orphans.Process(started.Id);
        process = started;
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await IsUpAsync())
        {
            if (started.HasExited || patience.IsCancellationRequested)
                throw new InvalidOperationException("PostgreSQL does not start: " + Log);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Adds settings, which the next start or <c>pg_reload_conf()</c> reads.</summary>
    public void Configure(IReadOnlyDictionary<string, string> settings) =>
        File.AppendAllLines(Path.Combine(Data, "postgresql.conf"), new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = Text(Port),
            ["unix_socket_directories"] = folder,
            ["max_connections"] = "200",
            ["shared_buffers"] = "64MB",
            ["log_destination"] = "stderr",
            ["logging_collector"] = "off",
            ["wal_keep_size"] = "512MB",
        }.Concat(settings).Select(each => $"{each.Key} = '{each.Value}'"));

    /// <summary>From the next start connections may be encrypted.</summary>
    /// <param name="certificate">In PEM, like its key.</param>
    public async Task UseTlsAsync(string certificate, string key)
    {
        await File.WriteAllTextAsync(Path.Combine(Data, "server.crt"), certificate);
        var keyFile = Path.Combine(Data, "server.key");
        await File.WriteAllTextAsync(keyFile, key);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        PostgresPrograms.Give(Data);
        Configure(new Dictionary<string, string> { ["ssl"] = "on" });
    }

    public ValueTask DisposeAsync()
    {
        if (cluster is not null)
            return ValueTask.CompletedTask;
        if (process is not null)
            Kill();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    static async Task<(string Data, string Password)> InitializeAsync()
    {
        var fresh = NewFolder();
        var (data, passwords) = (Path.Combine(fresh, "data"), Path.Combine(fresh, "password"));
        var password = $"hush@/{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        File.WriteAllText(passwords, password + "\n");
        PostgresPrograms.Give(fresh);
        PostgresPrograms.Run(
            "initdb", "--pgdata", data, "--username", Superuser, "--pwfile", passwords, "--auth", "scram-sha-256", "--encoding", "UTF8",
            "--locale-provider", "icu", "--icu-locale", "en-US", "--no-sync");
        var server = new PostgresServer(fresh, password, FreePorts.Take());
        server.Configure(new Dictionary<string, string>());
        await server.StartAgainAsync();
        await server.ExecuteAsync($"CREATE ROLE {User} LOGIN PASSWORD '{password}'");
        await server.CreateDatabaseAsync(Template);
        PostgresPlace.Create(Template, server.Address(Template)).Dispose();
        server.Stop();
        return (data, password);
    }

    string NextName() => "ledger" + Text(Interlocked.Increment(ref databases));

    static string NewFolder()
    {
        var path = Directory.CreateTempSubdirectory("kopeck-postgres-").FullName;
        Orphans.Folder(path);
        return path;
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(ConnectionString(database, user: Superuser) + ";Pooling=false;Timeout=30");
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    async Task<bool> IsUpAsync()
    {
        try
        {
            await AskAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    void Stop(string signal)
    {
        if (cluster is not null)
        {
            foreach (var server in cluster.Servers)
                server.Kill();
            return;
        }

        var stopping = process ?? throw new InvalidOperationException("PostgreSQL does not run");
        process = null;
        Shell.Try("kill", null, "-" + signal, Text(stopping.Id));
        if (!stopping.WaitForExit(Patience))
            throw new InvalidOperationException("PostgreSQL does not stop: " + Log);
        Orphans.Ended(stopping.Id);
        stopping.Dispose();
    }

    void Note(string? line)
    {
        if (line is null)
            return;
        lock (log)
            log.AppendLine(line);
    }
}
