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
            await sending.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            http.Abort();
            // It fails now that the connection is cut, and nobody else looks at it.
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new NotReadingException();
        }
    }
}
