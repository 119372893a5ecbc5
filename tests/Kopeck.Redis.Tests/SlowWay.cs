using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Kopeck.Testing;

namespace Kopeck.Redis.Tests;

/// <summary>A way to Redis on which answers take as long as the test says, and which counts what is asked.</summary>
sealed class SlowWay : IAsyncDisposable
{
    readonly TcpListener listener;
    readonly int target;
    readonly CancellationTokenSource ending = new();
    long delayTicks;
    int looks;
    int pings;

    SlowWay(int target)
    {
        this.target = target;
        Port = FreePorts.Take();
        listener = new TcpListener(IPAddress.Loopback, Port);
    }

    public int Port { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>How long an answer is on its way.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref delayTicks));
        set => Interlocked.Exchange(ref delayTicks, value.Ticks);
    }

    /// <summary>How many entries were asked for.</summary>
    public int Looks => Volatile.Read(ref looks);

    /// <summary>How often it was asked whether Redis is there.</summary>
    public int Pings => Volatile.Read(ref pings);

    public static SlowWay To(RedisServer redis)
    {
        var way = new SlowWay(redis.Port);
        way.listener.Start();
        _ = way.AcceptAsync();
        return way;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        ending.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PassAsync(await listener.AcceptTcpClientAsync(ending.Token), ending.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    async Task PassAsync(TcpClient client, CancellationToken end)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await server.ConnectAsync("127.0.0.1", target, end);
                var answers = Channel.CreateUnbounded<(byte[] Bytes, Task Due)>();
                await Task.WhenAny(
                    PassQuestionsAsync(client.GetStream(), server.GetStream(), end),
                    ReadAnswersAsync(server.GetStream(), answers.Writer, end), PassAnswersAsync(answers.Reader, client.GetStream(), end));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
            {
                // Cut.
            }
        }
    }

    async Task PassQuestionsAsync(NetworkStream from, NetworkStream to, CancellationToken end)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReadAsync(buffer, end) is var count and > 0)
        {
            // The library writes a command in one piece when little is asked.
            var text = Encoding.Latin1.GetString(buffer, 0, count);
            Interlocked.Add(ref looks, text.Split("HMGET").Length - 1);
            Interlocked.Add(ref pings, text.Split("PING").Length - 1);
            await to.WriteAsync(buffer.AsMemory(0, count), end);
        }
    }

    async Task ReadAnswersAsync(NetworkStream from, ChannelWriter<(byte[] Bytes, Task Due)> answers, CancellationToken end)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReadAsync(buffer, end) is var count and > 0)
            answers.TryWrite((buffer[..count], Task.Delay(Delay, end)));
    }

    static async Task PassAnswersAsync(ChannelReader<(byte[] Bytes, Task Due)> answers, NetworkStream to, CancellationToken end)
    {
        await foreach (var (bytes, due) in answers.ReadAllAsync(end))
        {
            await due;
            await to.WriteAsync(bytes, end);
        }
    }
}
