using System.Text.Json;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>What scripts can trust of the command line.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData(2, "--database", "mysql:x", "db", "info")]
    [InlineData(3, "--database", "postgres://127.0.0.1:1/y", "db", "info")]
    [InlineData(2, "--database", "postgres://127.0.0.1:port/y", "db", "info")]
    [InlineData(2, "--http", "https://127.0.0.1:1", "serve")]
    [InlineData(2, "--http", "http://example.org:80", "serve")]
    [InlineData(2, "--base-currency", "XAU", "serve")]
    [InlineData(2, "--quote-max-age-days", "0", "serve")]
    [InlineData(2, "--time-zone", "Mars/Olympus", "serve")]
    [InlineData(2, "--log", "loud", "serve")]
    [InlineData(2, "--settings", "/nowhere.json", "db", "info")]
    [InlineData(2, "nonsense")]
    [InlineData(2, "db", "drop")]
    [InlineData(2, "verify", "--from-head", "x")]
    [InlineData(3, "db", "info")]
    [InlineData(3, "verify")]
    [InlineData(3, "db", "drop", "--yes")]
    [InlineData(3, "db", "restore", "missing.db")]
    [InlineData(0, "openapi")]
    [InlineData(0, "--help")]
    [InlineData(0, "db", "backup", "--help")]
    public void Exit_codes_are_those_of_the_documentation(int expected, params string[] arguments)
    {
        using var folder = new Folder();
        string[] database = arguments.Contains("--database") ? [] : ["--database", "sqlite:" + folder.Database];
        var result = Shell.Try(Shell.Kopeck, null, [.. arguments, .. database]);
        Assert.True(expected == result.ExitCode, $"{result.ExitCode}: {result.Output} {result.Errors}");
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        if (expected == 3)
            Assert.Single(result.Errors.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("db", "create")]
    [InlineData("verify")]
    [InlineData("rebuild")]
    [InlineData("journal", "export")]
    [InlineData("keys", "list")]
    public void A_runtime_without_text_data_is_refused_in_one_line(params string[] arguments)
    {
        using var folder = new Folder();
        var result = Shell.Try(
            Shell.Kopeck, null, [.. arguments, "--database", "sqlite:" + folder.Database], new Dictionary<string,
            string>
            { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" });
        Assert.True(result.ExitCode == 2, $"{result.ExitCode}: {result.Output} {result.Errors}");
        Assert.Contains("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", Assert.Single(result.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Database));
    }

    [Fact]
    public void A_wrong_option_is_told_on_standard_error_alone()
    {
        using var folder = new Folder();
        var result = Shell.Try(Shell.Kopeck, null, "statement", "--wallt", "3", "--database", "sqlite:" + folder.Database);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("kopeck statement --help", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--http", "http://10.9.9.9:6524")]
    [InlineData("--http", "http://[fe80::1]:6524")]
    [InlineData("--grpc", "http://10.9.9.9:6525")]
    public void An_address_that_is_not_this_machines_stops_the_start_with_one_line(string option, string address)
    {
        using var folder = new Folder();
        string[] other = option == "--http" ? ["--grpc", "none"] : ["--http", "http://127.0.0.1:0"];
        var result = Shell.Try(Shell.Kopeck, null, ["serve", "--database", "sqlite:" + folder.Database, option, address, .. other]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("cannot listen on", Assert.Single(result.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signals_of_log_rotation_and_closed_terminals_end_no_server()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        foreach (var signal in new[] { "HUP", "USR1", "USR2" })
        {
            server.Signal(signal);
            Assert.Equal(200, (await server.GetAsync("/v1/accounts")).Status);
        }
    }

    [Fact]
    public async Task Health_says_whether_the_server_is_ready()
    {
        using var folder = new Folder();
        string address;
        await using (var server = await Server.StartAsync(folder))
        {
            address = server.Url;
            Assert.Equal(0, Shell.Try(Shell.Kopeck, null, "health", "--http", address).ExitCode);
        }

        Assert.Equal(1, Shell.Try(Shell.Kopeck, null, "health", "--http", address).ExitCode);
    }

    [Fact]
    public async Task Answers_for_programs_have_the_form_that_HTTP_has()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        var database = "sqlite:" + folder.Database;
        using var keys = JsonDocument.Parse(Shell.Try(Shell.Kopeck, null, "keys", "list", "--json", "--database", database).Output);
        var key = keys.RootElement.GetProperty("items")[0];
        Assert.Equal(JsonValueKind.Array, key.GetProperty("scopes").ValueKind);
        Assert.Equal(JsonValueKind.Null, key.GetProperty("revokedAt").ValueKind);
        using var verified = JsonDocument.Parse(Shell.Try(Shell.Kopeck, null, "verify", "--json", "--database", database).Output);
        Assert.True(verified.RootElement.GetProperty("isRight").GetBoolean());
    }

    [Fact]
    public void A_misspelt_variable_does_not_make_a_new_ledger_beside_the_old_one()
    {
        using var folder = new Folder();
        var start = Shell.Try(
            "env", null, "-C", folder.Path, "KOPECK_DATABSE=postgres://127.0.0.1/ledger", Shell.Kopeck, "serve", "--http",
            "http://127.0.0.1:0", "--grpc", "none");
        Assert.Equal(2, start.ExitCode);
        Assert.Contains("KOPECK_DATABSE", start.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.db"));
    }

    [Fact]
    public async Task The_first_keys_are_not_written_where_logs_are_kept()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        Assert.DoesNotContain(
            (await File.ReadAllTextAsync(Path.Combine(folder.Path, "admin.key"))).Trim(), server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_can_be_read_by_its_owner_only_and_a_dash_is_standard_output()
    {
        using var folder = new Folder();
        var database = "sqlite:" + folder.Database;
        await using (var server = await Server.StartAsync(folder))
            await server.OpenWalletAsync("EUR", "1");
        var journal = Path.Combine(folder.Path, "journal.jsonl");
        Shell.Run(Shell.Kopeck, "journal", "export", "--output", journal, "--database", database);
        var report = Path.Combine(folder.Path, "balance.csv");
        Shell.Run(Shell.Kopeck, "report", "trial-balance", "--format", "csv", "--output", report, "--database", database);
        foreach (var file in new[] { journal, report })
            Assert.Equal("600", Shell.Try("stat", null, "-c", "%a", file).Output.Trim());
        Assert.Equal(await File.ReadAllTextAsync(report),
            Shell.Try(Shell.Kopeck, null, "report", "trial-balance", "--format", "csv", "--output", "-", "--database", database).Output);
    }

    [Fact]
    public async Task The_first_start_leaves_keys_that_only_their_owner_can_read_and_later_starts_make_none()
    {
        using var folder = new Folder();
        await using (var server = await Server.StartAsync(folder))
            Assert.Equal(200, (await server.GetAsync("/v1/accounts")).Status);
        foreach (var file in new[] { "admin.key", "operator.key", "kopeck.db" })
            Assert.Equal("600", Shell.Try("stat", null, "-c", "%a", Path.Combine(folder.Path, file)).Output.Trim());
        var before = await File.ReadAllTextAsync(Path.Combine(folder.Path, "admin.key"));
        await using var again = await Server.StartAsync(folder);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(folder.Path, "admin.key")));
        Assert.DoesNotContain("shown this once", again.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_made_while_serving_is_a_whole_ledger_and_a_restore_brings_it_back()
    {
        using var folder = new Folder();
        var database = "sqlite:" + folder.Database;
        var backup = Path.Combine(folder.Path, "backup.db");
        await using (var server = await Server.StartAsync(folder))
        {
            var wallet = await server.OpenWalletAsync("EUR", "5");
            using var stop = new CancellationTokenSource();
            var writing = Task.Run(async () =>
            {
                for (var count = 0; !stop.IsCancellationRequested; count++)
                    await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", $"backup-{count}");
            });
            Shell.Run(Shell.Kopeck, "db", "backup", backup, "--database", database);
            Assert.Equal(1, Shell.Try(Shell.Kopeck, null, "db", "backup", backup, "--database", database).ExitCode);
            Assert.Equal(3, Shell.Try(Shell.Kopeck, null, "db", "restore", backup, "--force", "--database", database).ExitCode);
            await stop.CancelAsync();
            await writing;
        }

        Shell.Run(Shell.Kopeck, "verify", "--database", "sqlite:" + backup);
        Shell.Run(Shell.Kopeck, "db", "restore", backup, "--force", "--database", database);
        Ledgers.Verify(folder);
        Shell.Run(Shell.Kopeck, "db", "drop", "--yes", "--database", database);
        Assert.False(File.Exists(folder.Database));
    }

    [Fact]
    public async Task Keys_quotes_and_batches_work_without_a_server_and_beside_one()
    {
        using var folder = new Folder();
        var database = "sqlite:" + folder.Database;
        await using var server = await Server.StartAsync(folder);
        var wallet = await server.OpenWalletAsync("EUR", "0");
        var created = Shell.Try(Shell.Kopeck, null, "keys", "create", "shop", "--scopes", "read,transfer", "--database", database);
        Assert.StartsWith("kopeck_", created.Output, StringComparison.Ordinal);
        Assert.Equal(1, Shell.Try(Shell.Kopeck, null, "keys", "create", "shop", "--scopes", "read", "--database", database).ExitCode);
        Assert.DoesNotContain(
            created.Output.Trim(), Shell.Try(Shell.Kopeck, null, "keys", "list", "--database", database).Output, StringComparison.Ordinal);
        Shell.Run(Shell.Kopeck, "keys", "revoke", "shop", "--database", database);
        Assert.Equal(1, Shell.Try(Shell.Kopeck, null, "keys", "revoke", "admin", "--database", database).ExitCode);

        var feed = Path.Combine(Shell.Repository, "tests", "Kopeck.Ledger.Tests", "feeds", "ecb-hist.csv");
        Shell.Run(Shell.Kopeck, "quotes", "import", feed, "--key", "feed", "--database", database);
        Assert.Contains(
            "already loaded", Shell.Try(Shell.Kopeck, null, "quotes", "import", feed, "--key", "feed", "--database", database).Output,
            StringComparison.Ordinal);
        Assert.Equal(1, Shell.Try(Shell.Kopeck, null, "quotes", "import", Shell.Kopeck, "--database", database).ExitCode);

        var batch = $$"""{"operations":[{"kind":"deposit","wallet":"{{wallet}}","amount":"2.50"},{"kind":"withdrawal","wallet":"{{wallet}}","amount":"9"}]}""";
        var submitted = Shell.Try(Shell.Kopeck, batch, "submit", "-", "--key", "night", "--database", database);
        Assert.Equal(1, submitted.ExitCode);
        Assert.Contains("insufficient_funds", submitted.Output, StringComparison.Ordinal);
        Assert.Equal(submitted.Output, Shell.Try(Shell.Kopeck, batch, "submit", "-", "--key", "night", "--database", database).Output);
        Assert.Equal("2.50", await server.PostedAsync(wallet));
        Assert.Equal(2, Shell.Try(Shell.Kopeck, "[]", "submit", "-", "--key", "night", "--database", database).ExitCode);
        Ledgers.Verify(folder);
    }

    [Fact]
    public void The_demo_is_a_whole_ledger_and_refuses_a_database_that_is_in_use()
    {
        using var folder = new Folder();
        var database = "sqlite:" + folder.Database;
        var demo = Shell.Try(Shell.Kopeck, null, "demo", "--database", database);
        Assert.True(demo.ExitCode == 0, demo.Errors);
        Assert.Contains("Try next", demo.Output, StringComparison.Ordinal);
        Ledgers.Verify(folder);
        Assert.Equal(2, Shell.Try(Shell.Kopeck, null, "demo", "--database", database).ExitCode);
    }

    /// <summary>A hold that ended while no server ran is the next writer's to write, not of somebody who wants a statement.</summary>
    [Fact]
    public async Task Commands_that_read_write_nothing_not_even_that_a_hold_ended()
    {
        using var folder = new Folder();
        string wallet;
        await using (var server = await Server.StartAsync(folder))
        {
            wallet = await server.OpenWalletAsync("EUR", "10");
            var placed = await server.PostAsync("/v1/holds", $$"""{"from":"{{wallet}}","amount":"1","expiresInSeconds":1}""", "short");
            Assert.Equal(201, placed.Status);
            server.Kill();
        }

        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, TestContext.Current.CancellationToken);
        foreach (var command in new[]
        {
            $"statement --wallet {wallet} --format json", "report trial-balance --format json", "export hledger", "keys list", "verify"
        })
        {
            var result = Ledgers.Kopeck(folder, command.Split(' '));
            Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        }

        Assert.DoesNotContain("hold_expired", Ledgers.Kopeck(folder, "journal", "export").Output, StringComparison.Ordinal);
        await using var again = await Server.StartAsync(folder);
        await Checks.EventuallyAsync(
            async () => (await again.GetAsync("/v1/operations?kind=hold_expired")).Json["items"]!.AsArray().Count == 1,
            "the server writes what is due");
    }
}
