namespace Kopeck.Server.Hosting;

/// <summary>Whoever an answer is sent to.</summary>
static class Reader
{
    /// <summary>Waits until something that is being sent was taken; one who does not read is let go.</summary>
    public static ValueTask WaitAsync(HttpContext http, Task sending, TimeSpan patience) =>
        sending.IsCompletedSuccessfully ? ValueTask.CompletedTask : new ValueTask(WaitLongAsync(http, sending, patience));

    static async Task WaitLongAsync(HttpContext http, Task sending, TimeSpan patience)
    {
        try
        {
            await sending.WaitAsync(patience, http.RequestAborted);
        }
        catch (TimeoutException)
        {
            http.Abort();
            _ = EndAsync(sending);
            throw new NotReadingException();
        }
    }

    // It fails now that the connection is cut, and nobody else looks at it.
    static async Task EndAsync(Task sending) => await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
