using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Kopeck.Testing;

/// <summary>A real Redis of its own, on a free port, which keeps nothing on disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    static readonly string[] Programs = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"];

    readonly string folder = Directory.CreateTempSubdirectory("kopeck-redis-").FullName;
    Process? process;

    public int Port { get; } = FreePorts.Take();

    /// <summary>As <c>KOPECK_REDIS</c> takes it.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer();
        Orphans.Folder(server.folder);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts after <see cref="Kill"/>, empty, on the same port; answers when it takes connections.</summary>
    public async Task StartAgainAsync()
    {
        Assert.Null(process);
        var program = Packages.Program("redis-server", () => Programs.FirstOrDefault(File.Exists));
        var started = Shell.Start(
            program,
            [
                "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly",
                "no"]);
        started.OutputDataReceived += (_, _) => { };
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        Orphans.Process(started.Id);
        process = started;
        await Checks.EventuallyAsync(async () => await AskAsync("PING") == "+PONG", "Redis");
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        var killed = process ?? throw new InvalidOperationException("Redis does not run");
        process = null;
        killed.Kill();
        killed.WaitForExit();
        Orphans.Ended(killed.Id);
        killed.Dispose();
    }

    /// <summary>It stands still: connections stay open, nothing is answered.</summary>
    public void Pause() => Shell.Signal(process!.Id, "STOP");

    /// <summary>It goes on, and answers what came in meanwhile.</summary>
    public void Continue() => Shell.Signal(process!.Id, "CONT");

    /// <summary>The first line of the answer to a command; null when there is none.</summary>
    public async Task<string?> AskAsync(string command)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync(command);
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadLineAsync();
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync()
    {
        if (process is not null)
            Kill();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
