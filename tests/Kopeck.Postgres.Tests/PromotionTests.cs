using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>
/// A synchronous standby: what is acknowledged is on both, whatever becomes of the primary. The long form: KOPECK_TEST_SCALE=3.
/// </summary>
public sealed class PromotionTests
{
    const string Waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

    [Fact]
    public async Task Promotions_of_the_standby_under_load_lose_no_acknowledged_operation()
    {
        var random = new Random(TestSeed.Next());
        await using var pair = await PostgresPair.StartAsync();
        using var place = await CreateAsync(pair);
        await using var one = await Server.StartAsync(place);
        await using var two = await Server.StartAsync(place);
        var first = await MixedLoad.PrepareAsync(one);
        var second = await MixedLoad.PrepareAsync(two);
        var keyless = new KeylessLoad("Promoted");
        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(
            first.RunAsync(one, "one", 8, stop.Token), second.RunAsync(two, "two", 8, stop.Token), keyless.RunAsync(one, 2, stop.Token),
            keyless.RunAsync(two, 2, stop.Token));
        var promotions = TestSeed.Times(2, atMost: 6);
        for (var promotion = 0; promotion < promotions; promotion++)
        {
            await Task.WhenAll(first.GrowAsync(random.Next(50, 200)), second.GrowAsync(random.Next(50, 200)), keyless.GrowAsync(10));
            await pair.PromoteAsync();
            await Task.WhenAll(first.GrowAsync(30), second.GrowAsync(30));
            await pair.FollowAsync();
        }

        await stop.CancelAsync();
        await running;
        Console.WriteLine(
            $"{first.Acknowledged + second.Acknowledged} requests and {keyless.Acknowledged} without a key acknowledged over {promotions} promotions; {keyless.Unknown} without a key unknown");
        await first.LearnAsync(one);
        await second.LearnAsync(two);
        await first.AssertKeptAsync(two);
        await second.AssertKeptAsync(one);
        await second.AssertReplaysAsync(one, random, 100);
        await keyless.AssertTruthfulAsync(one);
        Ledgers.Verify(place);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("pg_cancel_backend")]
    [InlineData("pg_terminate_backend")]
    // The warning that only the primary has it must come whoever does not want to see warnings.
    [InlineData("pg_cancel_backend", "?options=-c%20client_min_messages%3Derror")]
    [InlineData("pg_cancel_backend", "ALTER ROLE " + PostgresServer.User + " SET client_min_messages = error")]
    [InlineData("pg_cancel_backend", "ALTER DATABASE ledger SET client_min_messages = error")]
    public async Task A_commit_that_is_disturbed_while_it_waits_for_the_standby_is_answered_only_when_the_standby_has_it(
        string how, string quiet = "")
    {
        await using var pair = await PostgresPair.StartAsync();
        using var place = await CreateAsync(pair);
        await using var proxy = CuttingProxy.Start(pair.Primary.Port);
        if (quiet.StartsWith("ALTER", StringComparison.Ordinal))
            await pair.Primary.ExecuteAsync(quiet);
        await using var server =
            await Server.StartAsync(place.Via(pair.Primary.Address(place.Database, proxy.Port) + (quiet.StartsWith('?') ? quiet : "")));
        var wallet = await server.OpenWalletAsync("EUR", "100");
        var keyless = new KeylessLoad("Waiting");
        pair.Standby.Stop();
        var register = keyless.RegisterAsync(server);
        var withdraw = server.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"60"}""", "waiting");
        await WaitForSyncAsync(pair.Primary, 1);
        if (how == "cut")
            proxy.CutAll();
        else
            await pair.Primary.AskAsync($"SELECT count({how}(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");

        // The engine asks what became of it, by a commit that waits for the standby, too.
        await WaitForSyncAsync(pair.Primary, 1);
        Assert.False(register.IsCompleted || withdraw.IsCompleted, "it was answered before the standby had it");
        await pair.Standby.StartAgainAsync();
        foreach (var reply in new[] { await register, await withdraw })
            Assert.True(reply!.Status == 201, reply.Body + server.Log);
        Assert.Equal("40.00", await server.PostedAsync(wallet));
        await keyless.AssertTruthfulAsync(server);
        Ledgers.Verify(place);
    }

    [Theory]
    [InlineData("01000", true)]
    [InlineData("00000", false)]
    public async Task A_message_of_the_class_of_warnings_during_a_commit_counts_at_whatever_level_it_is_passed_on(
        string state, bool isAskedAbout)
    {
        var server = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        await using var serving = await Server.StartAsync(place);
        var wallet = await serving.OpenWalletAsync("EUR", "100");
        // INFO is sent whatever a session wants to see; deferred, it comes while COMMIT runs.
        await server.ExecuteAsync(
            $"""
            CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE INFO 'passed on' USING ERRCODE = '{state}'; RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER tell AFTER INSERT ON operations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tell()
            """,
            place.Database);
        var before = (long)(await server.AskAsync("SELECT epoch FROM books WHERE book = 'main'", place.Database))!;
        var reply = await serving.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"60"}""", "told");
        Assert.True(reply.Status == 201, reply.Body + serving.Log);
        // Whether it is there was asked for by raising the epoch.
        Assert.Equal(
            isAskedAbout, (long)(await server.AskAsync("SELECT epoch FROM books WHERE book = 'main'", place.Database))! > before);
        Assert.Equal("40.00", await serving.PostedAsync(wallet));
    }

    [Fact]
    public async Task A_commit_that_only_the_lost_primary_has_is_not_acknowledged_and_is_carried_out_on_the_promoted_standby_once()
    {
        await using var pair = await PostgresPair.StartAsync();
        using var place = await CreateAsync(pair);
        await using var server = await Server.StartAsync(place);
        var wallet = await server.OpenWalletAsync("EUR", "100");
        var keyless = new KeylessLoad("Lost");

        // Down while the commits are made, so that it never gets them.
        pair.Standby.Stop();
        var withdrawals = Enumerable.Range(0, 4).Select(index => server.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"10"}""", $"lost-{index}")).ToList();
        var register = keyless.RegisterAsync(server);
        await WaitForSyncAsync(pair.Primary, 1);
        Assert.DoesNotContain(withdrawals, withdrawal => withdrawal.IsCompleted);
        pair.Primary.Kill();
        await pair.Standby.StartAgainAsync();
        await pair.PromoteAsync();
        var replies = await Task.WhenAll(withdrawals);
        await register;
        Assert.All(replies, reply => Assert.True(reply.Status is 201 or 503, reply.Body));
        await Checks.EventuallyAsync(
            async () => (await server.GetAsync("/health/ready")).Status == 200, "the server to be ready on the new primary");
        for (var index = 0; index < replies.Length; index++)
        {
            var again = await server.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"10"}""", $"lost-{index}");
            Assert.Equal(201, again.Status);
            if (replies[index].Status == 201)
                Assert.Equal(replies[index].Body, again.Body);
        }

        Assert.Equal("60.00", await server.PostedAsync(wallet));
        await keyless.AssertTruthfulAsync(server);
        Ledgers.Verify(place);
    }

    static async Task<PostgresPlace> CreateAsync(PostgresPair pair)
    {
        await pair.Primary.CreateDatabaseAsync("ledger");
        return PostgresPlace.Create("ledger", pair.ConnectionString("ledger"));
    }

    static Task WaitForSyncAsync(PostgresServer primary, long count) =>
        Checks.EventuallyAsync(
            async () => await primary.AskAsync(Waiting) is long found && found >= count, "a commit that waits for the standby");
}
