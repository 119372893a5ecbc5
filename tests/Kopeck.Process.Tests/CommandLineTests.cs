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
        Assert.DoesNotContain(created.Output.Trim(), Shell.Try(Shell.Kopeck, null, "keys", "list", "--database", database).Output, StringComparison.Ordinal);
        Shell.Run(Shell.Kopeck, "keys", "revoke", "shop", "--database", database);
        Assert.Equal(1, Shell.Try(Shell.Kopeck, null, "keys", "revoke", "admin", "--database", database).ExitCode);

        var feed = Path.Combine(Shell.Repository, "tests", "Kopeck.Ledger.Tests", "feeds", "ecb-hist.csv");
        Shell.Run(Shell.Kopeck, "quotes", "import", feed, "--key", "feed", "--database", database);
        Assert.Contains("already loaded", Shell.Try(Shell.Kopeck, null, "quotes", "import", feed, "--key", "feed", "--database", database).Output, StringComparison.Ordinal);
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
}
