using Kopeck.Server.Answers;

namespace Kopeck.Server.Hosting;

/// <summary>Answers that are files, sent while they are written.</summary>
static class FileAnswers
{
    /// <summary>Sends a file. What breaks in the middle cuts the connection, so that nobody takes a part for the whole; a reader that goes away stops the writing.</summary>
    public static async Task WriteAsync(HttpContext http, FileContent file, ILogger logger)
    {
        var response = http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = file.MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Accept, Accept-Language";
        response.Headers.ContentDisposition = file.Disposition;
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        try
        {
            await file.Write(response.BodyWriter, http.RequestAborted);
            await response.CompleteAsync();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        catch (Exception exception)
        {
            logger.FileBroken(exception, http.Request.Path);
            http.Abort();
        }
    }
}
