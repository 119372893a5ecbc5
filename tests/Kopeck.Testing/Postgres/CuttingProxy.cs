using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Kopeck.Testing;

/// <summary>What happens to a send that a fault is laid for.</summary>
public enum CutKind
{
    /// <summary>The connection is cut, and the server gets nothing of it.</summary>
    BeforeSend,

    /// <summary>The server gets half of its bytes, then the connection is cut.</summary>
    MidSend,

    /// <summary>The server gets it, and both sides are cut at once, whatever it is doing.</summary>
    AfterSend,

    /// <summary>The server gets it and carries it out; its answer is thrown away, and the connection is cut.</summary>
    BeforeAnswer,

    /// <summary>The client's connection is cut at once; the server gets it late, when the test says so, or never.</summary>
    HoldBack,

    /// <summary>Nothing is cut, but the server gets it late, when the test says so; the answer goes to the client.</summary>
    Delay,

    /// <summary>The server gets it and carries it out, and the client hears nothing: its connection stays open.</summary>
    Silence,
}

/// <summary>
/// A proxy before PostgreSQL that breaks connections where it hurts. It reads the protocol only so far as to know what SQL a send carries
/// out: prepared statements are known by the text they were made from.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    readonly TcpListener listener;
    readonly int target;
    readonly ConcurrentDictionary<ProxiedConnection, bool> connections = new();
    readonly Lock gate = new();
    Fault? armed;
    volatile bool isRefusing;

    CuttingProxy(int target)
    {
        this.target = target;
        Port = FreePorts.Take();
        listener = new TcpListener(IPAddress.Loopback, Port);
    }

    public int Port { get; }

    /// <summary>How many connections go through it now.</summary>
    public int Connections => connections.Count;

    /// <summary>Whether new connections are cut as soon as they are made.</summary>
    public bool IsRefusing
    {
        get => isRefusing;
        set => isRefusing = value;
    }

    public static CuttingProxy Start(int target)
    {
        var proxy = new CuttingProxy(target);
        proxy.listener.Start(512);
        _ = Task.Run(proxy.AcceptAsync);
        return proxy;
    }

    /// <summary>Cuts every connection now; new ones pass.</summary>
    public void CutAll()
    {
        foreach (var connection in connections.Keys)
            connection.Cut();
    }

    /// <summary>Lays a fault for the next send that carries out a statement that starts so; done when it has struck.</summary>
    public Task<StruckSend> NextAsync(CutKind kind, string statement = "COMMIT")
    {
        var fault = new Fault(kind, statement);
        lock (gate)
            armed = fault;
        return fault.Struck.Task;
    }

    /// <summary>Takes back a fault that has not struck.</summary>
    public void Disarm()
    {
        lock (gate)
            armed = null;
    }

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        CutAll();
        return ValueTask.CompletedTask;
    }

    internal Fault? Strike(IReadOnlyCollection<string> statements)
    {
        lock (gate)
        {
            if (armed is null || !statements.Any(statement => statement.StartsWith(armed.Statement, StringComparison.OrdinalIgnoreCase)))
                return null;
            var struck = armed;
            armed = null;
            return struck;
        }
    }

    internal void Forget(ProxiedConnection connection) => connections.TryRemove(connection, out _);

    async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            if (isRefusing)
            {
                client.Client.Close(0);
                continue;
            }

            var connection = new ProxiedConnection(this, client);
            connections[connection] = true;
            _ = Task.Run(() => connection.RunAsync(target));
        }
    }

    internal sealed record Fault(CutKind Kind, string Statement)
    {
        public TaskCompletionSource<StruckSend> Struck { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A send that a fault struck.</summary>
/// <param name="Statements">The SQL that it carries out.</param>
public sealed record StruckSend(IReadOnlyList<string> Statements)
{
    internal Func<Task<string>>? Deliver { get; init; }

    /// <summary>Whether the server is yet to get it.</summary>
    public bool IsHeld => Deliver is not null;

    /// <summary>Gives the server what was held back; what it answered: the type letters of its messages, E for an error.</summary>
    public Task<string> DeliverAsync() => (Deliver ?? throw new InvalidOperationException("nothing was held back"))();
}
