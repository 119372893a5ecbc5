namespace Kopeck.Testing;

/// <summary>What the programs of examples/ say when they are run with a new book.</summary>
public static class ExampleOutput
{
    public static IReadOnlyList<string> Client { get; } =
        ["paid once: True", "refused: insufficient_funds", "wallet: 69.50", "wallet: 30.50", "bulk: 1000", "journal: invoice 81"];

    public static IReadOnlyList<string> Embedded { get; } =
    [
        "paid once: True", "refused: insufficient_funds", "wallet: 847.50 EUR", "wallet: 25000 JPY", "as the deposit left it: 1000.00",
        "bulk: 1000", "statement: True", "journal: invoice 81", "verified: True",
    ];

    /// <summary>Runs a program; its lines.</summary>
    public static string[] Run(string program, params string[] arguments)
    {
        var result = Shell.Try(program, null, arguments);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
