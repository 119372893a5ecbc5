namespace Kopeck.Process.Tests.Harness;

/// <summary>What a program said when it ended.</summary>
sealed record ShellResult(int ExitCode, string Output, string Errors);

/// <summary>Runs programs to their end.</summary>
static class Shell
{
    /// <summary>The repository.</summary>
    public static string Repository { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The built kopeck of this configuration.</summary>
    public static string Kopeck { get; } = FindKopeck();

    public static void Run(string program, params string[] arguments)
    {
        var result = Try(program, null, arguments);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result.ExitCode} {result.Output} {result.Errors}");
    }

    public static ShellResult Try(string program, string? input, params string[] arguments)
    {
        using var process = Start(program, arguments);
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ShellResult(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    public static System.Diagnostics.Process Start(string program, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return System.Diagnostics.Process.Start(start)!;
    }

    static string FindKopeck()
    {
        // .../tests/Kopeck.Process.Tests/bin/CONFIGURATION/net10.0/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Repository, "src", "Kopeck.Cli", "bin", output.Parent!.Name, output.Name, "kopeck");
    }
}
