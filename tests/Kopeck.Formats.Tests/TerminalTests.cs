using Kopeck.Testing;

namespace Kopeck.Formats.Tests;

/// <summary>Progress is for who looks on: on a terminal, on the standard error, and never among what is drawn.</summary>
public sealed class TerminalTests(DemoBook demo)
{
    const string Script = "/usr/bin/script";

    [Theory]
    [InlineData("statement --wallet 10", "lines")]
    [InlineData("report trial-balance", "operations read")]
    [InlineData("export hledger", "operations written")]
    public void Progress_is_shown_on_a_terminal_and_what_is_drawn_is_the_same(string command, string what)
    {
        using var folder = new TestFolder();
        var (seen, drawn) = (folder.File("seen"), folder.File("drawn"));
        // The standard output goes to a file; what the terminal shows is the standard error.
        Shell.Run(
            Packages.Program("bsdutils", () => File.Exists(Script) ? Script : null), "--quiet", "--return", "--command",
            $"'{Shell.Kopeck}' {command} --database '{demo.Database}' >'{drawn}'", seen);
        Assert.Matches($@"\r([0-9,]+) of \1 {what} \(100 %\)", File.ReadAllText(seen));

        var piped = Shell.Try(Shell.Kopeck, null, [.. command.Split(' '), "--database", demo.Database]);
        Assert.Equal((0, ""), (piped.ExitCode, piped.Errors));
        Assert.Equal(piped.Output, File.ReadAllText(drawn));
    }
}
