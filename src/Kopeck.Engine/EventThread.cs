namespace Kopeck.Engine;

/// <summary>
/// The threads that take sockets' events, on which short work goes on and long work must not: every other connection waits for them.
/// </summary>
public static class EventThread
{
    /// <summary>Goes on in the thread pool; at once where it is there already.</summary>
    public static async ValueTask LeaveAsync()
    {
        if (!Thread.CurrentThread.IsThreadPoolThread)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }
}
