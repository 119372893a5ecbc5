using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Kopeck.Server.Tests;

/// <summary>A caller over a bare connection, who sends as much as it likes and reads when it likes.</summary>
sealed class SlowSocket : IDisposable
{
    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        ReceiveBufferSize = 4_096,
        NoDelay = true,
    };

    public static async Task<SlowSocket> ConnectAsync(Uri address)
    {
        var made = new SlowSocket();
        await made.socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        return made;
    }

    public async Task GetAsync(string path, string key) =>
        await SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\r\n");

    /// <summary>The head of a request whose body is announced, and so many bytes of it.</summary>
    public async Task PostPartAsync(string path, string key, int announced, int sent)
    {
        await SendAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: slow\r\nContent-Type: application/json\r\nContent-Length: {announced}\r\n\r\n"));
        await SendAsync(new string(' ', sent));
    }

    /// <summary>All that comes until the other side ends.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[64 << 10];
        try
        {
            while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is var read and > 0)
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (SocketException)
        {
            // Cut: what came is all there is.
        }

        return text.ToString();
    }

    /// <summary>The first line that comes.</summary>
    public async Task<string> ReadLineAsync()
    {
        var buffer = new byte[4_096];
        var read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, read).Split('\r')[0];
    }

    public void Dispose() => socket.Dispose();

    async Task SendAsync(string text)
    {
        var rest = (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(text);
        while (!rest.IsEmpty)
            rest = rest[await socket.SendAsync(rest, TestContext.Current.CancellationToken)..];
    }
}
