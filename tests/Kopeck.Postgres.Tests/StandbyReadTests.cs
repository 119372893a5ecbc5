using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>
/// Reads of a fixed number go to a standby that has it, and are the same as the primary's whatever the standby does; what is asked of now
/// never goes there.
/// </summary>
public sealed class StandbyReadTests
{
    const int Usage = 2;

    [Fact]
    public async Task What_is_fixed_is_read_at_a_standby_that_has_it_and_otherwise_at_the_primary()
    {
        await using var pair = await PostgresPair.StartAsync();
        using var place = await PostgresPlace.CreateAsync(pair.Primary);
        await LogStatementsAsync(pair.Standby);
        var reads = new Dictionary<string, string> { ["KOPECK_READS"] = pair.Standby.Address(place.Database) };
        await using var server = await Server.StartAsync(place, variables: reads);
        await using var plain = await Server.StartAsync(place);
        var wallet = await server.OpenWalletAsync("EUR", "10");
        var customer = (await server.GetAsync("/v1/wallets/" + wallet)).Json["customer"]!.GetValue<string>();
        var old = await DepositAsync(server, wallet, "first");

        // It follows.
        string[] paths =
        [
            $"/v1/wallets/{wallet}?at={old}", $"/v1/wallets/{wallet}/statement?format=json&at={old}",
            $"/v1/customers/{customer}/statement?format=json&at={old}", $"/v1/reports/trial-balance?format=json&at={old}",
            $"/v1/reports/turnover?format=json&at={old}",
        ];
        foreach (var path in paths)
            await AssertSameAsync(server, plain, path, pair.Standby, isAtStandby: true);
        var exported = Ledgers.Kopeck(place.Via(place.Setting), "journal", "export");
        var exportedThere = Ledgers.Kopeck(place, "journal", "export", "--reads", pair.Standby.Address(place.Database));
        Assert.Equal((0, exported.Output), (exportedThere.ExitCode, exportedThere.Output));
        foreach (var path in new[] { "/v1/wallets/" + wallet, "/v1/accounts", "/v1/customers", "/v1/operations", "/v1/holds", "/v1/book" })
            await AssertSameAsync(server, plain, path, pair.Standby, isAtStandby: false);

        // It stands still: what it has not comes from the primary, and nothing that was erased comes from it.
        await pair.Standby.ExecuteAsync("SELECT pg_wal_replay_pause()");
        var later = await DepositAsync(server, wallet, "second");
        await AssertSameAsync(server, plain, $"/v1/wallets/{wallet}?at={later}", pair.Standby, isAtStandby: null);
        Assert.Equal("12.00", (await server.GetAsync($"/v1/wallets/{wallet}?at={later}")).Json["posted"]!.GetValue<string>());
        Assert.Equal("12.00", await server.PostedAsync(wallet));
        await EventuallyAtStandbyAsync(server, pair.Standby, $"/v1/wallets/{wallet}?at={old}");
        Assert.Contains("Test Customer", (await server.GetAsync(paths[2])).Body, StringComparison.Ordinal);
        var withdrawn = await server.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"12"}""", "all");
        Assert.True(withdrawn.Status == 201, withdrawn.Body);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Post, $"/v1/accounts/{wallet}/close", "{}", "closed")).Status);
        var erased = await server.SendAsync(HttpMethod.Delete, $"/v1/customers/{customer}/personal-data", null, "erased");
        Assert.True(erased.Status == 200, erased.Body);
        foreach (var path in paths)
        {
            await AssertSameAsync(server, plain, path, pair.Standby, isAtStandby: null);
            Assert.DoesNotContain("Test Customer", (await server.GetAsync(path)).Body, StringComparison.Ordinal);
        }

        // It follows again.
        await pair.Standby.ExecuteAsync("SELECT pg_wal_replay_resume()");
        await EventuallyAtStandbyAsync(server, pair.Standby, $"/v1/wallets/{wallet}?at={later}");

        // It is gone, and comes back.
        await pair.Primary.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = ''");
        await pair.Primary.ExecuteAsync("SELECT pg_reload_conf()");
        pair.Standby.Kill();
        foreach (var path in paths)
            await AssertSameAsync(server, plain, path, null, isAtStandby: null);
        await using (var another = await Server.StartAsync(place, variables: reads))
            await AssertSameAsync(another, plain, paths[0], null, isAtStandby: null);
        await pair.Standby.StartAgainAsync();
        await EventuallyAtStandbyAsync(server, pair.Standby, $"/v1/wallets/{wallet}?at={later}");
    }

    [Fact]
    public async Task A_read_that_the_standbys_recovery_cancels_is_repeated_at_the_primary_and_the_next_one_asks_it_again()
    {
        await using var pair = await PostgresPair.StartAsync();
        using var place = await PostgresPlace.CreateAsync(pair.Primary);
        await LogStatementsAsync(pair.Standby);
        await using var server = await Server.StartAsync(
            place, variables: new Dictionary<string, string> { ["KOPECK_READS"] = pair.Standby.Address(place.Database) });
        await using var plain = await Server.StartAsync(place);
        var wallet = await server.OpenWalletAsync("EUR", "10");
        for (var deposit = 0; deposit < 3; deposit++)
            await DepositAsync(server, wallet, "d" + deposit);
        // At the third row, what PostgreSQL says when a statement is in the way of what the standby replays.
        await pair.Primary.ExecuteAsync(
            """
            CREATE FUNCTION follow(balance bigint) RETURNS boolean LANGUAGE plpgsql AS $$
            BEGIN
              IF pg_is_in_recovery() AND balance = 1200 THEN RAISE EXCEPTION 'canceling statement due to conflict with recovery' USING ERRCODE = '40001'; END IF;
              RETURN true;
            END $$;
            ALTER TABLE entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
            CREATE POLICY follow ON entries USING (follow(balance))
            """,
            place.Database);
        var path = $"/v1/wallets/{wallet}/statement?format=json&at={(await server.GetAsync("/v1/wallets/" + wallet)).Json["asOf"]}";
        for (var time = 0; time < 2; time++)
            await AssertSameAsync(server, plain, path, pair.Standby, isAtStandby: true);
    }

    [Fact]
    public async Task A_setting_that_is_wrong_is_refused_in_one_line()
    {
        var server = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        foreach (var (reads, database, code, says) in new[]
        {
            ("standby", place.Setting, Usage, "KOPECK_READS is \"standby\": use postgres://"),
            ("postgres://u:hush@host:port/x", place.Setting, Usage, "KOPECK_READS"),
            ("postgres://u:hush@127.0.0.1", place.Setting, Usage, "KOPECK_READS: it names no database"),
            (place.Setting, "sqlite:absent.db", Usage, "KOPECK_READS: only a PostgreSQL database has a standby"),
            (server.Address("postgres"), place.Setting, 3, "no tables of the ledger"),
            (server.Address("absent"), place.Setting, 3, "for reads"),
        })
        {
            var refused = Ledgers.Kopeck(
                place.Via(database), "serve", "--http", "http://127.0.0.1:0", "--grpc", "none", "--reads", reads);
            Assert.True(refused.ExitCode == code, $"{refused.ExitCode}: {refused.Output}{refused.Errors}");
            var line = Assert.Single(refused.Errors.TrimEnd().Split('\n'));
            Assert.Contains(says, line, StringComparison.Ordinal);
            Assert.DoesNotContain("hush", line, StringComparison.Ordinal);
        }

        var help = Ledgers.Kopeck(place, "serve", "--help");
        Assert.Contains("KOPECK_READS", help.Output, StringComparison.Ordinal);
    }

    static async Task<string> DepositAsync(Server server, string wallet, string key)
    {
        var reply = await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", key);
        Assert.True(reply.Status == 201, reply.Body);
        return reply.Json["id"]!.GetValue<string>();
    }

    static async Task LogStatementsAsync(PostgresServer standby)
    {
        await standby.ExecuteAsync("ALTER SYSTEM SET log_statement = 'all'");
        await standby.ExecuteAsync("SELECT pg_reload_conf()");
        await Checks.EventuallyAsync(async () => (string?)await standby.AskAsync("SHOW log_statement") == "all", "statements are logged");
    }

    // Of the ledger, at a server that logs each.
    static int Reads(PostgresServer standby) =>
        standby.Log.Split("FROM operations WHERE book = $1 AND number = $2 AND hash = $3", StringSplitOptions.None).Length
        + standby.Log.Split("FROM accounts", StringSplitOptions.None).Length;

    static async Task AssertSameAsync(Server server, Server plain, string path, PostgresServer? standby, bool? isAtStandby)
    {
        var before = standby is null ? 0 : Reads(standby);
        var (there, here) = (await server.GetAsync(path), await plain.GetAsync(path));
        Assert.True(there.Status == 200, there.Body);
        Assert.Equal(here.Body, there.Body);
        if (isAtStandby is { } expected)
            Assert.True(expected == Reads(standby!) > before, path + (expected ? " was not read at the standby" : " was read at the standby"));
    }

    static Task EventuallyAtStandbyAsync(Server server, PostgresServer standby, string path)
    {
        int Accounts() => standby.Log.Split("FROM accounts", StringSplitOptions.None).Length;
        var before = Accounts();
        return Checks.EventuallyAsync(
            async () =>
            {
                Assert.Equal(200, (await server.GetAsync(path)).Status);
                return Accounts() > before;
            },
            "the standby to be asked: " + path);
    }
}
