using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Kopeck.Testing;

/// <summary>Asks for something over a connection of its own and breaks it off before it was read.</summary>
public static class LeavingReader
{
    const int DataFrame = 0;
    const int HeadersFrame = 1;
    const int SettingsFrame = 4;
    const int EndOfStream = 1;
    const int EndOfHeaders = 4;

    /// <summary>A GET over HTTP/1.1.</summary>
    public static Task GetAsync(Uri server, string key, string path, int afterMs) =>
        LeaveAsync(
            server, Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {key}\r\n\r\n"),
            afterMs);

    /// <summary>The journal's feed over gRPC, from the first operation on.</summary>
    public static Task WatchAsync(Uri server, string key, int afterMs)
    {
        var bytes = new List<byte>(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        AddFrame(bytes, SettingsFrame, 0, 0, []);
        AddFrame(bytes, HeadersFrame, EndOfHeaders, 1, Headers(
            (":method", "POST"), (":scheme", "http"), (":path", "/kopeck.v1.OperationService/Watch"), (":authority", server.Authority),
            ("content-type", "application/grpc"), ("te", "trailers"), ("authorization", "Bearer " + key)));
        // An empty message, not compressed.
        AddFrame(bytes, DataFrame, EndOfStream, 1, new byte[5]);
        return LeaveAsync(server, [.. bytes], afterMs);
    }

    static async Task LeaveAsync(Uri server, byte[] request, int afterMs)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Host, server.Port);
        await socket.SendAsync(request);
        await Task.Delay(afterMs);
        // Broken off, not closed: what a killed process or a lost network looks like.
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    static void AddFrame(List<byte> bytes, byte type, byte flags, int stream, byte[] payload)
    {
        var head = new byte[9];
        BinaryPrimitives.WriteInt32BigEndian(head, payload.Length << 8);
        (head[3], head[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(5), stream);
        bytes.AddRange(head);
        bytes.AddRange(payload);
    }

    /// <summary>HPACK's plainest form: each name and value as it is, none remembered (RFC 7541, section 6.2.2).</summary>
    static byte[] Headers(params (string Name, string Value)[] headers) =>
        [
            .. headers.SelectMany(
                header =>
                    (byte[])[
                        0, (byte)header.Name.Length, .. Encoding.ASCII.GetBytes(header.Name), (byte)header.Value.Length,
                        .. Encoding.ASCII.GetBytes(header.Value)
                    ])];
}
