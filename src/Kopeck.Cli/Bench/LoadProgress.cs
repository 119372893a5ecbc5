using System.Diagnostics;

namespace Kopeck.Cli.Bench;

/// <summary>One line on a terminal that says how fast a load is, twice a second; silent when piped.</summary>
sealed class LoadProgress(LoadRun run) : IDisposable
{
    readonly bool isShown = !Console.IsErrorRedirected;

    /// <summary>Waits for so long, or until the load has ended.</summary>
    public async Task WaitAsync(string what, TimeSpan time, Task load)
    {
        using var over = new CancellationTokenSource();
        var end = Task.WhenAny(load, Task.Delay(time, over.Token));
        var started = Stopwatch.GetTimestamp();
        while (isShown && await Task.WhenAny(end, Task.Delay(500, over.Token)) != end)
        {
            var elapsed = Stopwatch.GetElapsedTime(started);
            Console.Error.Write(
                $"\r{what}: {elapsed.TotalSeconds:0} s, {run.Answered / Math.Max(1, elapsed.Ticks / TimeSpan.TicksPerSecond):N0} operations a second   ");
        }

        await end;
        await over.CancelAsync();
    }

    public void Dispose()
    {
        if (isShown)
            Console.Error.WriteLine();
    }
}
