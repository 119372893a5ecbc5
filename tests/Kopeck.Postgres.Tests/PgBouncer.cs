using System.Globalization;
using System.Net.Sockets;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>A real PgBouncer on a free port, before a PostgreSQL.</summary>
sealed class PgBouncer : IAsyncDisposable
{
    // It refuses to be root.
    const string Owner = "nobody";

    readonly string folder = Directory.CreateTempSubdirectory("kopeck-pgbouncer-").FullName;
    readonly int port = FreePorts.Take();
    readonly PostgresServer server;
    System.Diagnostics.Process? process;

    PgBouncer(PostgresServer server, string mode)
    {
        this.server = server;
        // What PgBouncer itself logs in with, and what it asks callers for.
        File.WriteAllText(Path.Combine(folder, "users"), $"\"{PostgresServer.User}\" \"{server.Password}\"\n");
        File.WriteAllText(
            Path.Combine(folder, "pgbouncer.ini"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                [databases]
                * = host=127.0.0.1 port={server.Port}
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = {port}
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = {folder}/users
                pool_mode = {mode}
                max_client_conn = 200
                default_pool_size = 100
                ignore_startup_parameters = extra_float_digits

                """));
    }

    public static async Task<PgBouncer> StartAsync(PostgresServer server, string mode)
    {
        var pooler = new PgBouncer(server, mode);
        Orphans.Folder(pooler.folder);
        await pooler.StartAsync();
        return pooler;
    }

    public string Address(string database) => server.Address(database, port);

    /// <summary>Cuts all connections and takes new ones.</summary>
    public async Task StartAgainAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    async Task StartAsync()
    {
        var program = Packages.Program("pgbouncer", () => File.Exists("/usr/sbin/pgbouncer") ? "/usr/sbin/pgbouncer" : null);
        var config = Path.Combine(folder, "pgbouncer.ini");
        if (Shell.IsRoot)
            Shell.Run("chown", "-R", Owner, folder);
        var started = Shell.IsRoot
            ? Shell.Start("setpriv", ["--reuid=" + Owner, "--clear-groups", "--inh-caps=-all", program, "-q", config])
            : Shell.Start(program, ["-q", config]);
        started.OutputDataReceived += (_, _) => { };
        started.ErrorDataReceived += (_, _) => { };
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        Orphans.Process(started.Id);
        process = started;
        await Checks.EventuallyAsync(AnswersAsync, "PgBouncer");
    }

    async Task StopAsync()
    {
        if (process is not { } stopping)
            return;
        process = null;
        stopping.Kill();
        await stopping.WaitForExitAsync(CancellationToken.None);
        Orphans.Ended(stopping.Id);
        stopping.Dispose();
    }

    async Task<bool> AnswersAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
