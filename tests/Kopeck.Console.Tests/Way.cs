using System.Net;
using System.Net.Sockets;

namespace Kopeck.Console.Tests;

/// <summary>
/// A way to a server over TCP, at one address for as long as it stands: it may be closed and opened, led to another server, and may change
/// bytes of what the server answers.
/// </summary>
public sealed class Way : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ending = new();
    readonly List<TcpClient> open = [];
    readonly Task accepting;

    public Way(string target)
    {
        Target = new Uri(target);
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Where it leads; null is nowhere.</summary>
    public Uri? Target { get; set; }

    /// <summary>Makes what changes the bytes of a connection's answers; null changes nothing.</summary>
    public Func<Tamper?> NewTamper { get; set; } = () => null;

    /// <summary>Cuts what goes through it.</summary>
    public void Cut()
    {
        lock (open)
        {
            foreach (var client in open)
                client.Dispose();
            open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        ending.Dispose();
    }

    async Task AcceptAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(ending.Token);
                _ = Task.Run(() => PassAsync(client));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            if (Target is not { } target)
            {
                client.Dispose();
                return;
            }

            await server.ConnectAsync(target.Host, target.Port);
            lock (open)
                open.AddRange([client, server]);
            await Task.WhenAny(
                CopyAsync(client.GetStream(), server.GetStream(), null), CopyAsync(server.GetStream(), client.GetStream(), NewTamper()));
        }
        catch (Exception exception)
            when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One side went: so does the other.
        }
        finally
        {
            client.Dispose();
        }
    }

    static async Task CopyAsync(NetworkStream from, NetworkStream to, Tamper? tamper)
    {
        var buffer = new byte[16 << 10];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer)) > 0)
            {
                tamper?.Change(buffer.AsSpan(0, read));
                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // As above.
        }
    }
}
