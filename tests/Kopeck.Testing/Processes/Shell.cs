using System.Diagnostics;

namespace Kopeck.Testing;

/// <summary>What a program said when it ended.</summary>
public sealed record ShellResult(int ExitCode, string Output, string Errors);

/// <summary>Runs programs.</summary>
public static class Shell
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The repository.</summary>
    public static string Repository { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The built kopeck of this configuration, or the one that KOPECK_TEST_PROGRAM names.</summary>
    public static string Kopeck { get; } = FindKopeck();

    /// <summary>Whether this is root, who may install packages and become another user.</summary>
    public static bool IsRoot => Environment.UserName == "root";

    public static void Run(string program, params string[] arguments)
    {
        var result = Try(program, null, arguments);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result.ExitCode} {result.Output} {result.Errors}");
    }

    public static ShellResult Try(string program, string? input, params string[] arguments) => Try(program, input, arguments, null);

    public static ShellResult Try(
        string program, string? input, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables)
    {
        using var process = Start(program, arguments, variables);
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail($"{program} {string.Join(' ', arguments)} does not end");
        }

        return new ShellResult(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    public static Process Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        // What mostly lives for seconds is not worth compiling anew for speed before two of them are over: a quarter of its work.
        if (program == Kopeck)
            start.Environment.TryAdd("DOTNET_TC_CallCountingDelayMs", "7D0");
        return Process.Start(start)!;
    }

    /// <summary>
    /// Stops and continues a process over and over until told to stop, so that it gets one part in so many of its time: a slower machine.
    /// </summary>
    public static async Task SlowDownAsync(int process, int times, CancellationToken stop)
    {
        // By the shell's own kill: a program each time would slow down everything else, too.
        var loop = Start(
            "/bin/sh",
            [
                "-c", "while kill -STOP $1 && sleep $2 && kill -CONT $1; do sleep $3; done", "slow", Text(process),
                Text(0.004m * (times - 1)), Text(0.004m)]);
        Orphans.Process(loop.Id);
        await stop.WhenCancelledAsync();
        loop.Kill();
        await loop.WaitForExitAsync(CancellationToken.None);
        Orphans.Ended(loop.Id);
        loop.Dispose();
        Signal(process, "CONT");
    }

    static string Text(IFormattable number) => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture);

    static Task WhenCancelledAsync(this CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(cancelled.SetResult);
        return cancelled.Task;
    }

    public static void Signal(int process, string name) =>
        Run("kill", "-" + name, process.ToString(System.Globalization.CultureInfo.InvariantCulture));

    static string FindKopeck()
    {
        if (Environment.GetEnvironmentVariable("KOPECK_TEST_PROGRAM") is { Length: > 0 } named)
            return named;
        // .../tests/PROJECT/bin/CONFIGURATION/net10.0/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Repository, "src", "Kopeck.Cli", "bin", output.Parent!.Name, output.Name, "kopeck");
    }
}
