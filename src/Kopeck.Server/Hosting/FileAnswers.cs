using Kopeck.Statements;

namespace Kopeck.Server.Hosting;

/// <summary>Answers that are files, sent while they are written.</summary>
static class FileAnswers
{
    /// <summary>
    /// Sends a file. What breaks before the first byte is thrown, to be answered as a problem; what breaks in the middle cuts the connection, so that
    /// nobody takes a part for the whole. A reader that goes away stops the writing.
    /// </summary>
    public static async Task WriteAsync(HttpContext http, StatementFile file, ILogger logger)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            Begin(http.Response, file);
            return;
        }

        var output = new HeldWriter(http.Response.BodyWriter, () => Begin(http.Response, file));
        try
        {
            await file.WriteAsync(output, http.RequestAborted);
            await output.FlushAsync(http.RequestAborted);
            await http.Response.CompleteAsync();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        catch (Exception exception) when (output.HasBegun)
        {
            logger.FileBroken(exception, http.Request.Path);
            http.Abort();
        }
    }

    static void Begin(HttpResponse response, StatementFile file)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = file.MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Accept, Accept-Language";
        response.Headers.ContentDisposition = file.Disposition;
    }
}
