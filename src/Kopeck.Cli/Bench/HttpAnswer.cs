using System.Text;

namespace Kopeck.Cli.Bench;

/// <summary>The little of an answer that is looked at.</summary>
static class HttpAnswer
{
    /// <summary>Finds where the head ends, and the length of the whole answer. False as long as the head is not whole.</summary>
    /// <param name="total">Of head and body together; negative when there is no Content-Length.</param>
    public static bool TryReadHead(ReadOnlySpan<byte> bytes, out int body, out long total)
    {
        body = bytes.IndexOf("\r\n\r\n"u8) + 4;
        total = 0;
        if (body < 4)
            return false;
        var length = LengthOf(bytes[..(body - 2)]);
        total = length < 0 ? -1 : body + length;
        return true;
    }

    /// <summary>The status of an answer whose head is whole.</summary>
    public static int Status(ReadOnlySpan<byte> bytes) => ((bytes[9] - '0') * 100) + ((bytes[10] - '0') * 10) + (bytes[11] - '0');

    /// <summary>The code of a problem; or its status where there is none.</summary>
    public static string Code(ReadOnlySpan<byte> body, int status) => FindCode(body) ?? $"http_{status}";

    /// <summary>The id with which an operation's answer begins, in digits.</summary>
    public static ReadOnlySpan<byte> Id(ReadOnlySpan<byte> body)
    {
        var mark = "{\"id\":\""u8;
        if (!body.StartsWith(mark))
            return [];
        body = body[mark.Length..];
        return body[..Math.Max(0, body.IndexOf((byte)'"'))];
    }

    /// <summary>How many outcomes of a batch were done.</summary>
    public static int CountDone(ReadOnlySpan<byte> body) => body.Count("{\"status\":201,"u8);

    /// <summary>Reports the code of each outcome of a batch that was refused.</summary>
    public static void ListRefusals(ReadOnlySpan<byte> body, Action<string> refused)
    {
        var mark = "{\"status\":"u8;
        for (var at = body.IndexOf(mark); at >= 0;)
        {
            body = body[(at + mark.Length)..];
            at = body.IndexOf(mark);
            if (!body.StartsWith("201,"u8))
                refused(Code(at < 0 ? body : body[..at], 422));
        }
    }

    static string? FindCode(ReadOnlySpan<byte> body)
    {
        var mark = "\"code\":\""u8;
        var at = body.IndexOf(mark);
        if (at < 0)
            return null;
        body = body[(at + mark.Length)..];
        return Encoding.UTF8.GetString(body[..Math.Max(0, body.IndexOf((byte)'"'))]);
    }

    static long LengthOf(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length:"u8;
        while (!head.IsEmpty)
        {
            var end = head.IndexOf("\r\n"u8);
            if (end > name.Length && Ascii.EqualsIgnoreCase(head[..name.Length], name))
                return System.Buffers.Text.Utf8Parser.TryParse(head[name.Length..end].Trim((byte)' '), out long length, out _)
                    ? length
                    : -1;
            head = head[(end + 2)..];
        }

        return -1;
    }
}
