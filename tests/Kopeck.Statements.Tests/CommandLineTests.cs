using Kopeck.Testing;
using LedgerServer = Kopeck.Testing.Server;

namespace Kopeck.Statements.Tests;

/// <summary>What <c>kopeck statement</c> and <c>kopeck report</c> do besides drawing: where the file goes, and what they refuse.</summary>
public sealed class CommandLineTests : IAsyncLifetime
{
    readonly Folder place = new();
    string wallet = "";

    string File(string name) => Path.Combine(place.Path, name);

    public async ValueTask InitializeAsync()
    {
        await using var server = await LedgerServer.StartAsync(place);
        wallet = await server.OpenWalletAsync("EUR", "10");
        Assert.Equal(0, await server.StopAsync());
    }

    public ValueTask DisposeAsync()
    {
        place.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void The_format_is_CSV_or_what_the_files_ending_says()
    {
        Assert.StartsWith("Date,", Run("statement", "--wallet", wallet).Output, StringComparison.Ordinal);
        foreach (var (name, start)
            in new[]
            {
                ("a.json", "{"),
                ("a.ndjson", "{\"type\""),
                ("a.xml", "<?xml"),
                ("a.xlsx", "PK"),
                ("a.csv", "Date,"),
                ("plain", "Date,")
            })
        {
            var result = Run("statement", "--wallet", wallet, "--output", File(name));
            Assert.Empty(result.Output);
            Assert.Equal($"{File(name)} is written\n", result.Errors);
            Assert.StartsWith(start, System.IO.File.ReadAllText(File(name)), StringComparison.Ordinal);
        }

        Run("statement", "--wallet", wallet, "--output", File("a.txt"), "--format", "xml");
        Assert.StartsWith("<?xml", System.IO.File.ReadAllText(File("a.txt")), StringComparison.Ordinal);
        Refuse("no format", "statement", "--wallet", wallet, "--output", File("a.doc"));
        Refuse("no format", "report", "exchange", "--output", File("a.xml"));
    }

    [Fact]
    public void A_file_that_is_there_stays_unless_it_may_be_overwritten_and_no_part_is_left_behind()
    {
        System.IO.File.WriteAllText(File("a.csv"), "mine");
        Refuse("--force", "statement", "--wallet", wallet, "--output", File("a.csv"));
        Assert.Equal("mine", System.IO.File.ReadAllText(File("a.csv")));
        Run("statement", "--wallet", wallet, "--output", File("a.csv"), "--force");
        Assert.StartsWith("Date,", System.IO.File.ReadAllText(File("a.csv")), StringComparison.Ordinal);
        Assert.Equal(1, Ledgers.Kopeck(place, "statement", "--wallet", "999", "--output", File("none.csv")).ExitCode);
        Assert.Equal(1, Ledgers.Kopeck(place, "statement", "--wallet", wallet, "--output", File("no-folder/none.csv")).ExitCode);
        Assert.DoesNotContain(
            Directory.GetFiles(place.Path),
            file => file.Contains("none", StringComparison.Ordinal) || file.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_meant_is_refused_in_one_line_that_says_what_to_do()
    {
        Refuse("--wallet ID, --account ID, --customer ID, --name NAME", "statement");
        Refuse("--wallet ID, --account ID, --customer ID, --name NAME", "statement", "--wallet", wallet, "--name", "x");
        Refuse("an id is digits", "statement", "--wallet", "x");
        Refuse("--name", "statement", "--name", " ");
        Refuse("--since is \"2026-02-30\"", "statement", "--wallet", wallet, "--since", "2026-02-30");
        Refuse("--until is \"\"", "statement", "--wallet", wallet, "--until", "");
        Refuse("--at is \"soon\"", "statement", "--wallet", wallet, "--at", "soon");
        Refuse("in the past", "statement", "--wallet", wallet, "--at", "2999-01-01");
        Refuse("There is no book other", "statement", "--wallet", wallet, "--book", "other");
        Refuse("has no period", "report", "exchange", "--since", "2026-01-01");
        Refuse("exchange", "report", "turnover", "--date", "2026-01-01");
        Assert.Equal(2, Ledgers.Kopeck(place, "report", "profit").ExitCode);
    }

    [Fact]
    public void A_letterhead_that_is_wrong_stops_every_command_with_one_clear_line()
    {
        System.IO.File.WriteAllText(File("letterhead.json"), """[{"name": "Kopeck Bank", "line": "x"}]""");
        foreach (var command in new[] { new[] { "serve" }, ["statement", "--wallet", wallet] })
            Refuse("[0]: there is no member line", [.. command, "--letterhead", File("letterhead.json")]);
        Refuse("cannot be read", "statement", "--wallet", wallet, "--letterhead", File("nothing.json"));
        System.IO.File.WriteAllText(File("letterhead.json"), """[{"name": "Банк", "lines": ["1 Main Street"]}]""");
        Run("statement", "--wallet", wallet, "--letterhead", File("letterhead.json"));
    }

    ShellResult Run(params string[] arguments)
    {
        var result = Ledgers.Kopeck(place, arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result;
    }

    void Refuse(string what, params string[] arguments)
    {
        var result = Ledgers.Kopeck(place, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains(what, Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
