using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kopeck.Cli.Bench;

/// <summary>Writes requests into a connection's buffer: what never changes is rendered once. Not safe for concurrent use.</summary>
sealed class HttpRequests
{
    const int KeyDigits = 12;

    readonly byte[][] heads;
    readonly byte[] batchHead;
    readonly byte[] captureHead;
    readonly byte[] keyStem;
    long keys;

    public HttpRequests(Uri url, string apiKey)
    {
        keyStem = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)) + "-");
        var common = $" HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {apiKey}\r\n";
        byte[] Post(string path) => Encoding.ASCII.GetBytes($"POST {path}{common}Content-Type: application/json\r\nIdempotency-Key: ");
        heads =
        [
            Post("/v1/transfers"),
            Post("/v1/deposits"),
            Post("/v1/withdrawals"),
            Post("/v1/holds"),
            Post("/v1/holds"),
            Encoding.ASCII.GetBytes(common + "\r\n"),
            Encoding.ASCII.GetBytes($"GET /health/live HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n"),
        ];
        batchHead = Post("/v1/batches");
        captureHead = Post("/capture")[("POST ".Length)..];
    }

    /// <summary>How large a buffer must be for so many operations.</summary>
    public static int BufferSize(int operations) => 1024 + (operations * 192);

    /// <summary>Writes one request of one operation, or of a batch; returns its length.</summary>
    public int Write(ReadOnlySpan<LoadItem> items, bool isBatch, Span<byte> buffer)
    {
        if (isBatch)
            return WriteBatch(items, buffer);
        var item = items[0];
        var head = heads[(int)item.Kind];
        if (item.Kind == LoadKind.Live)
        {
            head.CopyTo(buffer);
            return head.Length;
        }

        if (item.Kind == LoadKind.Read)
        {
            var at = Put(buffer, 0, "GET /v1/wallets/"u8);
            at = Put(buffer, at, item.From);
            return Put(buffer, at, head);
        }

        var body = WriteHead(buffer, head);
        var end = Put(buffer, body, "{"u8);
        end = PutMembers(buffer, end, item);
        PatchLength(buffer, body, end - body);
        return end;
    }

    /// <summary>Writes the capture of all of a hold; returns its length.</summary>
    /// <param name="hold">The hold's id, in digits.</param>
    public int WriteCapture(ReadOnlySpan<byte> hold, Span<byte> buffer)
    {
        var at = Put(buffer, 0, "POST /v1/holds/"u8);
        at = Put(buffer, at, hold);
        var body = at + WriteHead(buffer[at..], captureHead);
        var end = Put(buffer, body, "{}"u8);
        PatchLength(buffer, body, end - body);
        return end;
    }

    int WriteBatch(ReadOnlySpan<LoadItem> items, Span<byte> buffer)
    {
        var body = WriteHead(buffer, batchHead);
        var end = Put(buffer, body, "{\"operations\":["u8);
        foreach (var item in items)
        {
            end = Put(buffer, end, item.Kind switch
            {
                LoadKind.Transfer => "{\"kind\":\"transfer\",\"key\":\""u8,
                LoadKind.Deposit => "{\"kind\":\"deposit\",\"key\":\""u8,
                LoadKind.Hold => "{\"kind\":\"hold\",\"key\":\""u8,
                _ => "{\"kind\":\"withdrawal\",\"key\":\""u8,
            });
            end = PutKey(buffer, end);
            end = Put(buffer, end, "\","u8);
            end = PutMembers(buffer, end, item);
            buffer[end++] = (byte)',';
        }

        end = Put(buffer, end - 1, "]}"u8);
        PatchLength(buffer, body, end - body);
        return end;
    }

    int WriteHead(Span<byte> buffer, byte[] head)
    {
        var at = Put(buffer, 0, head);
        at = PutKey(buffer, at);
        return Put(buffer, at, "\r\nContent-Length:          \r\n\r\n"u8);
    }

    // Right-aligned: a header's value may be preceded by spaces (RFC 9110, section 5.5).
    static void PatchLength(Span<byte> buffer, int body, int length)
    {
        for (var at = body - 5; length > 0; length /= 10)
            buffer[at--] = (byte)('0' + (length % 10));
    }

    static int PutMembers(Span<byte> buffer, int at, LoadItem item)
    {
        if (item.Kind is LoadKind.Transfer or LoadKind.Capture)
        {
            at = Put(buffer, at, item.Kind == LoadKind.Capture ? "\"expiresInSeconds\":60,\"from\":\""u8 : "\"from\":\""u8);
            at = Put(buffer, at, item.From);
            at = Put(buffer, at, "\",\"to\":\""u8);
            at = Put(buffer, at, item.To);
        }
        else
        {
            at = Put(buffer, at, item.Kind == LoadKind.Hold ? "\"expiresInSeconds\":60,\"from\":\""u8 : "\"wallet\":\""u8);
            at = Put(buffer, at, item.From);
        }

        at = Put(buffer, at, "\",\"amount\":\""u8);
        at = Put(buffer, at, item.AmountMinor / 100);
        buffer[at++] = (byte)'.';
        buffer[at++] = (byte)('0' + (item.AmountMinor / 10 % 10));
        buffer[at++] = (byte)('0' + (item.AmountMinor % 10));
        return Put(buffer, at, "\"}"u8);
    }

    int PutKey(Span<byte> buffer, int at)
    {
        at = Put(buffer, at, keyStem);
        var number = ++keys;
        for (var digit = KeyDigits - 1; digit >= 0; digit--, number >>= 4)
            buffer[at + digit] = "0123456789abcdef"u8[(int)(number & 15)];
        return at + KeyDigits;
    }

    static int Put(Span<byte> buffer, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer[at..]);
        return at + bytes.Length;
    }

    static int Put(Span<byte> buffer, int at, long number)
    {
        Utf8Formatter.TryFormat(number, buffer[at..], out var written);
        return at + written;
    }
}
