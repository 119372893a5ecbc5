using System.Buffers;
using Kopeck.Ledger.Errors;
using Kopeck.Server.Hosting;

namespace Kopeck.Server.Http;

/// <summary>The bytes of a request's body.</summary>
static class RequestBody
{
    /// <summary>Reads them; the refusal of a body that is larger than a limit or broken.</summary>
    /// <exception cref="BrokenOffException">The caller went away in the middle.</exception>
    public static async ValueTask<(ReadOnlyMemory<byte> Bytes, Rejection? Refusal)> ReadAsync(
        HttpRequest request, int limit, RequestHold hold, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            return (default, TooLarge(limit));
        var reader = request.BodyReader;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(cancellationToken);
                if (result.Buffer.Length > limit)
                {
                    reader.AdvanceTo(result.Buffer.End);
                    return (default, TooLarge(limit));
                }

                if (hold.GrowTo(result.Buffer.Length) is { } refusal)
                {
                    reader.AdvanceTo(result.Buffer.End);
                    return (default, refusal);
                }

                if (result.IsCompleted)
                {
                    ReadOnlyMemory<byte> bytes = result.Buffer.ToArray();
                    reader.AdvanceTo(result.Buffer.End);
                    return (bytes, null);
                }

                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (InvalidOperationException)
        {
            // That is how Kestrel says it; of a head the same is a bad request.
            return (default, BrokenTrailer);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // A chunk's size beyond 31 bits comes as this, too.
            return exception.InnerException is OverflowException
                ? (default, new Rejection(ErrorCode.MalformedRequest, "A chunk of the body has a size that no chunk has"))
                : throw new BrokenOffException(exception);
        }
    }

    static Rejection BrokenTrailer { get; } =
        new(ErrorCode.MalformedRequest, "The body ends in trailers with characters that no header has");

    static Rejection TooLarge(int limit) => new(ErrorCode.TooLarge, $"The body has at most {limit} bytes");
}
