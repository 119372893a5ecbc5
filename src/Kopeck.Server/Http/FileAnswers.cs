using System.IO.Compression;
using System.IO.Pipelines;
using Kopeck.Server.Hosting;
using Kopeck.Statements;

namespace Kopeck.Server.Http;

/// <summary>Answers that are files, sent while they are written.</summary>
static class FileAnswers
{
    const int BufferBytes = 1 << 16;

    /// <summary>
    /// Sends a file. What breaks before the first byte is thrown, to be answered as a problem; what breaks in the middle cuts the
    /// connection, so that nobody takes a part for the whole. A reader that goes away stops the writing.
    /// </summary>
    public static async Task WriteAsync(HttpContext http, StatementFile file, CallerKey caller, RequestHold hold, ILogger logger)
    {
        var isPacked = file.IsText && TakesGzip(http.Request.Headers.AcceptEncoding.ToString());
        if (HttpMethods.IsHead(http.Request.Method))
        {
            Begin(http.Response, file, isPacked);
            return;
        }

        var output = new HeldWriter(http.Response.BodyWriter, () => Begin(http.Response, file, isPacked))
        {
            // Kestrel's own least rate counts what the system took in for him, which is megabytes, and so would wait for hours.
            Wait = sending => Reader.WaitAsync(http, sending, hold.Patience),
            MayGoOn = () => caller.IsValidAsync(http.RequestAborted),
        };
        try
        {
            await hold.MakeAsync(() =>
                isPacked ? PackAsync(file, output, http.RequestAborted) : file.WriteAsync(output, http.RequestAborted));
            await output.FlushAsync(http.RequestAborted);
            await http.Response.CompleteAsync();
        }
        catch (NotReadingException)
        {
            // Cut already.
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        catch (KeyRevokedException)
        {
            http.Abort();
        }
        catch (Exception exception) when (output.HasBegun)
        {
            logger.FileBroken(exception, http.Request.Path);
            http.Abort();
        }
    }

    /// <summary>Whether a client takes gzip (RFC 9110, section 12.5.3): named, and not with a weight of zero.</summary>
    internal static bool TakesGzip(string acceptEncoding) =>
        acceptEncoding.Split(',').Select(coding => coding.Split(';', StringSplitOptions.TrimEntries)).Any(coding =>
        coding[0].Trim().Equals("gzip", StringComparison.OrdinalIgnoreCase)
            && !coding.Skip(1)
                .Any(weight => weight.StartsWith("q=0", StringComparison.Ordinal) && !weight.Any(digit => digit is > '0' and <= '9')));

    // Texts shrink to a twentieth; workbooks and PDF are packed already. A part that failed is not ended, so that nobody takes it for the
    // whole.
    static async Task PackAsync(StatementFile file, HeldWriter output, CancellationToken cancelled)
    {
        var gzip = new GZipStream(output.AsStream(leaveOpen: true), CompressionLevel.Fastest, leaveOpen: true);
        var pipe = PipeWriter.Create(gzip, new StreamPipeWriterOptions(minimumBufferSize: BufferBytes, leaveOpen: true));
        await file.WriteAsync(pipe, cancelled);
        await pipe.CompleteAsync();
        await gzip.DisposeAsync();
    }

    static void Begin(HttpResponse response, StatementFile file, bool isPacked)
    {
        if (isPacked)
            response.Headers.ContentEncoding = "gzip";
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = file.MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Accept, Accept-Encoding, Accept-Language";
        response.Headers.ContentDisposition = file.Disposition;
    }
}
