using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Kopeck.Testing;

/// <summary>One server of a cluster that a user gave: it can be asked, and where it runs on this machine, stopped and started.</summary>
public sealed class CitusServer
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly NpgsqlConnectionStringBuilder superuser;
    (int Id, string[] Command, string Folder)? process;

    internal CitusServer(NpgsqlConnectionStringBuilder superuser, bool isCoordinator) =>
        (this.superuser, IsCoordinator) = (superuser, isCoordinator);

    public string Host => superuser.Host!;

    public int Port => superuser.Port;

    /// <summary>As the other servers know it.</summary>
    public string Name => $"{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";

    public bool IsCoordinator { get; }

    /// <summary>A database in Npgsql's form.</summary>
    public string ConnectionString(string database, string? user = null, string? password = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(superuser.ConnectionString) { Password = superuser.Password, Database = database };
        if (user is not null)
            (settings.Username, settings.Password) = (user, password);
        return settings.ConnectionString;
    }

    /// <summary>Runs a statement as superuser.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row as superuser; null when there is no row.</summary>
    public async Task<object?> AskAsync(string sql, string database = "postgres")
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Drops a database, also one that is in use.</summary>
    public async Task DropAsync(string database)
    {
        // Sessions are ended by it, and waited for, but only for five seconds: on a busy machine Citus's own take longer.
        for (var since = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                await ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
                return;
            }
            catch (PostgresException exception)
                when (exception.SqlState == PostgresErrorCodes.ObjectInUse && Stopwatch.GetElapsedTime(since) < Patience)
            {
                // Once more.
            }
        }
    }

    /// <summary>Finds out how it was started, so that it can be stopped.</summary>
    public async Task FindProcessAsync()
    {
        var folder = (string)(await AskAsync("SHOW data_directory"))!;
        var id = int.Parse(
            ((string)(await AskAsync("SELECT pg_read_file('postmaster.pid')"))!).Split('\n')[0], CultureInfo.InvariantCulture);
        var command = $"/proc/{id}/cmdline";
        Assert.True(
            File.Exists(command) && Directory.Exists(folder),
            $"{Name} does not run on this machine: it cannot be stopped and started by a test");
        process = (id, (await File.ReadAllTextAsync(command)).TrimEnd('\0').Split('\0'), folder);
    }

    /// <summary>Stops at once, as a crash would.</summary>
    public void Kill()
    {
        var (id, _, _) = process ?? throw new InvalidOperationException("its process was not looked for");
        Shell.Signal(id, "QUIT");
        try
        {
            using var stopping = Process.GetProcessById(id);
            if (!stopping.WaitForExit(Patience))
                throw new InvalidOperationException($"{Name} does not stop");
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }

    /// <summary>Starts after <see cref="Kill"/>; answers when it takes connections.</summary>
    public async Task StartAgainAsync()
    {
        var (_, command, folder) = process ?? throw new InvalidOperationException("its process was not looked for");
        var log = Path.Combine(Path.GetDirectoryName(folder)!, "kopeck-tests.log");
        // It outlives this process, as before.
        var inner = $"exec \"$@\" >>'{log}' 2>&1 </dev/null";
        string[] arguments = ["-c", inner, "start", .. command];
        if (Shell.IsRoot)
            Shell.Start(
                "setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "setsid", "/bin/sh", .. arguments],
                new Dictionary<string, string> { ["HOME"] = folder });
        else
            Shell.Start("setsid", ["/bin/sh", .. arguments]);
        await Checks.EventuallyAsync(IsUpAsync, $"{Name} to start: see {log}");
        await FindProcessAsync();
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

    async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false;Timeout=30;Include Error Detail=true");
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
}
