using System.Buffers;
using System.Globalization;
using System.Text;
using Kopeck.Api.Answers;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Journal;
using Kopeck.Server.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Kopeck.Server.Http;

/// <summary>
/// Writes a feed as server-sent events. It ends when the client goes, the server stops, the key is revoked or the store is away; a client
/// that comes back names the last number it has.
/// </summary>
static class JournalEvents
{
    const int RetryMs = 1_000;
    const int MostBuffered = 1 << 20;

    public static async Task WriteAsync(
        HttpContext http, JournalAnswer feed, CallerKey caller, TimeSpan patience, CancellationToken stopping)
    {
        var response = http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = JournalAnswer.EventStream;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        // A proxy that gathers what it passes on would keep events back.
        response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        // A reader may be slow, which holds up nobody but itself; one who takes nothing at all is let go.
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            var retry = string.Create(CultureInfo.InvariantCulture, $"retry: {RetryMs}\n\n");
            await Reader.WaitAsync(http, WriteTextAsync(response, retry, ending.Token), patience);
            await foreach (var page in feed.Watch(ending.Token))
            {
                if (!await caller.IsValidAsync(ending.Token))
                    return;
                var writing = page.Count == 0
                    ? WriteTextAsync(response, ":\n\n", ending.Token)
                    : WritePageAsync(response, feed, page, ending.Token);
                await Reader.WaitAsync(http, writing, patience);
            }
        }
        catch (Exception exception) when (exception is StorageUnavailableException or OperationCanceledException)
        {
            // What was sent is whole: the client goes on after it.
        }
    }

    static async Task WritePageAsync(
        HttpResponse response, JournalAnswer feed, IReadOnlyList<Operation> page, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(page.Count * 512);
        foreach (var operation in page)
        {
            buffer.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {operation.Number}\ndata: ")));
            feed.Tell(operation).WriteTo(buffer);
            buffer.Write("\n\n"u8);
            if (buffer.WrittenCount >= MostBuffered)
                await FlushAsync(response, buffer, cancellationToken);
        }

        await FlushAsync(response, buffer, cancellationToken);
    }

    static async Task FlushAsync(HttpResponse response, ArrayBufferWriter<byte> buffer, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(buffer.WrittenMemory, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        buffer.ResetWrittenCount();
    }

    static async Task WriteTextAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
