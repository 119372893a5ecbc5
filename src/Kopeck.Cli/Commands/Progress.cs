namespace Kopeck.Cli.Commands;

/// <summary>One line on a terminal that says how far long work is; silent when piped.</summary>
sealed class Progress(string what) : IDisposable
{
    readonly bool isShown = !Console.IsErrorRedirected;
    long lastAt = -1;
    bool wasWritten;

    /// <summary>Whether anybody sees it.</summary>
    public bool IsShown => isShown;

    public void Report(long done, long total)
    {
        var tick = Environment.TickCount64;
        if (!isShown || (tick - lastAt < 200 && done != total))
            return;
        lastAt = tick;
        wasWritten = true;
        Console.Error.Write($"\r{done:N0} of {total:N0} {what} ({(total > 0 ? 100 * done / total : 100)} %)   ");
    }

    public void Dispose()
    {
        if (wasWritten)
            Console.Error.WriteLine();
        wasWritten = false;
    }
}
