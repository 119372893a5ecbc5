using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Kopeck.Client.Tests;

/// <summary>A way to a server that can be cut, or fall silent, and be led to another one.</summary>
sealed class Relay : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentDictionary<TcpClient, CancellationTokenSource> connections = new();
    readonly CancellationTokenSource over = new();

    public Relay(Uri target)
    {
        Target = target;
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Target { get; set; }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public int Cuts { get; private set; }

    /// <summary>Breaks every connection as it is.</summary>
    public void Cut()
    {
        foreach (var connection in connections.Keys)
        {
            Cuts++;
            connections.TryRemove(connection, out _);
            // Nobody is left there when it ended by itself at this moment.
            if (connection.Client is { } socket)
                socket.Close(0);
            connection.Dispose();
        }
    }

    /// <summary>Forwards nothing more over the connections that there are, and tells nobody; new ones are forwarded.</summary>
    public async Task StallAsync()
    {
        foreach (var forwarding in connections.Values)
            await forwarding.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await over.CancelAsync();
        Cut();
        over.Dispose();
    }

    async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        using var forwarding = new CancellationTokenSource();
        connections.TryAdd(client, forwarding);
        try
        {
            await server.ConnectAsync(Target.Host, Target.Port);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), forwarding.Token),
                server.GetStream().CopyToAsync(client.GetStream(), forwarding.Token));
            if (forwarding.IsCancellationRequested)
                await Task.Delay(System.Threading.Timeout.Infinite, over.Token);
        }
        catch (Exception exception) when (exception
            is IOException or SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // Cut, or nobody is there.
        }
        finally
        {
            connections.TryRemove(client, out _);
            client.Dispose();
        }
    }
}
