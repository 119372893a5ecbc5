using System.Globalization;
using System.Text.Json.Nodes;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary><c>kopeck bench</c> counts what it did truthfully: the journal says the same.</summary>
public sealed class BenchTests
{
    static readonly string[] MoneyKinds = ["transfer", "deposit", "withdrawal"];

    [Theory]
    [InlineData("--mix", "teleport")]
    [InlineData("--mix", "transfer=-1")]
    [InlineData("--mix", "transfer=0")]
    [InlineData("--mix", "live")]
    [InlineData("--mix", "transfer,read", "--batch", "10")]
    [InlineData("--connections", "0")]
    [InlineData("--accounts", "1")]
    [InlineData("--batch", "10001")]
    [InlineData("--conversions", "101")]
    [InlineData("--rejections", "-1")]
    [InlineData("--seconds", "0")]
    [InlineData("--seconds", "5", "--count", "5")]
    [InlineData("--spread", "normal")]
    [InlineData("--currency", "JPY")]
    [InlineData("--currency", "USD")]
    [InlineData("--book", "Not A Book")]
    [InlineData("--url", "https://127.0.0.1:1")]
    [InlineData("--url", "nowhere", "--no-verify")]
    [InlineData("--nonsense")]
    public void What_it_cannot_do_is_said_before_anything_is_done(params string[] arguments)
    {
        using var folder = new Folder();
        var result = Shell.Try(Shell.Kopeck, null, ["bench", "--database", folder.Setting, .. arguments]);
        Assert.True(result.ExitCode == 2, $"{result.ExitCode}: {result.Output} {result.Errors}");
        Assert.False(File.Exists(folder.Database));
    }

    [Fact]
    public void A_server_without_a_database_to_verify_in_is_a_wrong_command_line()
    {
        var result = Shell.Try(Shell.Kopeck, null, "bench", "--url", "http://127.0.0.1:1", "--key", "kopeck_x");
        Assert.True(result.ExitCode == 2, result.Errors);
        Assert.Contains("--no-verify", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_a_failure()
    {
        var result =
            Shell.Try(Shell.Kopeck, null, "bench", "--url", $"http://127.0.0.1:{FreePorts.Take()}", "--key", "kopeck_x", "--no-verify");
        Assert.True(result.ExitCode == 1, $"{result.ExitCode}: {result.Output} {result.Errors}");
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mixed_load_over_http_is_in_the_journal_to_the_last_operation()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        var report = Run(
            0, "--url", server.Url, "--database", folder.Setting, "--mix", "transfer=6,deposit=2,withdrawal=2,read=2", "--connections",
            "24", "--accounts", "60", "--conversions", "30", "--rejections", "20", "--count", "3000", "--warm-up", "1");

        Assert.Equal(3000, Count(report, "operations"));
        Assert.Equal(3000, Count(report, "requests"));
        Assert.Empty(report["errors"]!.AsObject());
        var rejected = report["rejections"]!["insufficient_funds"]!.GetValue<long>();
        Assert.InRange(rejected, 200, 600);
        Assert.Equal(3000, Count(report, "accepted") + rejected);
        var latency = report["latencyUs"]!.AsObject().Select(pair => pair.Value!.GetValue<long>()).ToList();
        Assert.Equal(latency.Order(), latency);

        var journal = await Journal.ReadAsync(server);
        journal.AssertLaws();
        Assert.True(report["verified"]!["isRight"]!.GetValue<bool>());
        Assert.Equal(journal.Operations.Count, report["verified"]!["operations"]!.GetValue<int>());
        // Reads leave nothing; each of the 120 wallets was filled by one deposit.
        var written = journal.Operations.Count(operation => MoneyKinds.Contains(operation.Kind)) - 120;
        var answered = Count(report, "accepted") + Count(report["warmUp"]!, "accepted");
        Assert.InRange(written, answered * 7 / 10, answered * 95 / 100);
        Assert.Contains(journal.Operations, operation => operation.Kind == "transfer" && operation.Entries.Count == 4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Batches_are_counted_by_the_outcome_of_each_item(bool overHttp)
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        string[] target = overHttp ? ["--url", server.Url] : [];
        var report = Run(
            0,
            [
                .. target, "--database", folder.Setting, "--batch", "100", "--connections", "3", "--accounts", "50", "--rejections", "10",
                "--count", "2550", "--warm-up", "0"]);

        Assert.Equal(2550, Count(report, "operations"));
        Assert.Equal(26, Count(report, "requests"));
        Assert.Equal(2550, Count(report, "accepted") + report["rejections"]!["insufficient_funds"]!.GetValue<long>());
        Assert.Equal(0, Count(report["warmUp"]!, "operations"));
        var journal = await Journal.ReadAsync(server);
        Assert.Equal(Count(report, "accepted"), journal.Operations.Count(operation => operation.Kind == "transfer"));
    }

    [Fact]
    public async Task The_wallets_are_found_again_and_a_hot_wallet_receives_everything()
    {
        using var folder = new Folder();
        Run(0, "--database", folder.Setting, "--accounts", "40", "--count", "1", "--warm-up", "0", "--no-verify");
        await using var server = await Server.StartAsync(folder);
        var before = await Journal.ReadAsync(server);
        var report = Run(
            0, "--database", folder.Setting, "--accounts", "40", "--count", "400", "--warm-up", "0", "--spread", "hot", "--connections",
            "8");
        Assert.Equal(400, Count(report, "accepted"));
        var added = (await Journal.ReadAsync(server)).Operations.Skip(before.Operations.Count).ToList();
        Assert.Equal(400, added.Count);
        Assert.All(added, operation => Assert.Equal("transfer", operation.Kind));
        Assert.Single(added.Select(operation => operation.Entries.Single(entry => entry.Amount > 0).Account).Distinct());
        Assert.True(added.Select(operation => operation.Entries.Single(entry => entry.Amount < 0).Account).Distinct().Count() > 30);
    }

    [Fact]
    public async Task A_zipf_spread_prefers_few_wallets_and_leaves_none_out()
    {
        using var folder = new Folder();
        Run(
            0, "--database", folder.Setting, "--accounts", "20", "--count", "4000", "--warm-up", "0", "--spread", "zipf", "--connections",
            "8", "--no-verify");
        await using var server = await Server.StartAsync(folder);
        var received = (await Journal.ReadAsync(server)).Operations.Where(operation => operation.Kind == "transfer")
            .CountBy(operation => operation.Entries.Single(entry => entry.Amount > 0).Account).Select(pair => pair.Value).OrderDescending()
                .ToList();
        Assert.Equal(20, received.Count);
        // The first of 20 has 28 of 100, the last 1.4.
        Assert.True(received[0] > 800 && received[^1] < 150, string.Join(' ', received));
    }

    [Fact]
    public async Task What_the_plan_did_not_ask_for_is_an_error_by_code_and_fails_the_run()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        Run(0, "--url", server.Url, "--database", folder.Setting, "--accounts", "20", "--count", "10", "--warm-up", "0");
        var made = await server.PostAsync("/v1/keys", """{"name":"reader","scopes":["read"]}""");
        Assert.True(made.Status == 201, made.Body);
        var report = Run(
            1, "--url", server.Url, "--key", made.Json["key"]!.GetValue<string>(), "--accounts", "20", "--count", "50", "--warm-up", "0",
            "--rejections", "10", "--no-verify");
        Assert.Equal(50, report["errors"]!["forbidden"]!.GetValue<int>());
        Assert.Equal(0, Count(report, "accepted"));
        Assert.Null(report["verified"]);
    }

    static JsonNode Run(int exitCode, params string[] arguments)
    {
        var result = Shell.Try(Shell.Kopeck, null, ["bench", "--json", .. arguments]);
        Assert.True(exitCode == result.ExitCode, $"{result.ExitCode}: {result.Output} {result.Errors}");
        return JsonNode.Parse(result.Output)!;
    }

    static long Count(JsonNode report, string name) => long.Parse(report[name]!.ToJsonString(), CultureInfo.InvariantCulture);
}
