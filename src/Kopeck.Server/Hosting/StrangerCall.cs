namespace Kopeck.Server.Hosting;

/// <summary>A call of gRPC without a key: it is cut unless it ends, or is known to last, within a time.</summary>
sealed class StrangerCall : IDisposable
{
    readonly CancellationTokenSource deadline;

    public StrangerCall(HttpContext http, TimeSpan time)
    {
        deadline = new CancellationTokenSource(time);
        deadline.Token.UnsafeRegister(static http => ((HttpContext)http!).Abort(), http);
    }

    /// <summary>Its request is whole, and it lasts for as long as the caller likes.</summary>
    public void Last() => deadline.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose() => deadline.Dispose();
}
