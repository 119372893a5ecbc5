using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>
/// Connections to PostgreSQL that break before, in the middle of and after a commit. The database stays there, so every answer is the
/// definite one.
/// </summary>
public sealed class LostConnectionTests
{
    static readonly int Rounds = TestSeed.Times(2, atMost: 5);

    [Theory]
    [InlineData(CutKind.BeforeSend)]
    [InlineData(CutKind.MidSend)]
    [InlineData(CutKind.AfterSend)]
    [InlineData(CutKind.BeforeAnswer)]
    public async Task A_commit_whose_connection_is_cut_is_found_out_about_and_carried_out_once_also_without_a_key(CutKind kind)
    {
        var database = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(database);
        await using var proxy = CuttingProxy.Start(database.Port);
        await using var server = await Server.StartAsync(place.Via(database.Address(place.Database, proxy.Port)));
        var wallet = await server.OpenWalletAsync("EUR", $"{20 * Rounds}");
        var keyless = new KeylessLoad("Keyless");
        for (var round = 1; round <= Rounds; round++)
        {
            var struck = proxy.NextAsync(kind);
            var register = keyless.RegisterAsync(server);
            var withdraw = server.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"20"}""", $"cut-{round}");
            var statements = (await struck).Statements;
            Assert.True(statements.Count > 2, "the fault did not strike a commit: " + string.Join("; ", statements));
            Assert.Equal(201, (await register)!.Status);
            Assert.Equal(201, (await withdraw).Status);
            Assert.Equal($"{20 * (Rounds - round)}.00", await server.PostedAsync(wallet));
        }

        Assert.Equal("insufficient_funds", (await server.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"20"}""", "one-too-many")).Code);
        await keyless.AssertTruthfulAsync(server);
        Ledgers.Verify(place);
    }

    [Fact]
    public async Task A_commit_that_arrives_late_writes_nothing()
    {
        var database = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(database);
        await using var proxy = CuttingProxy.Start(database.Port);
        await using var server = await Server.StartAsync(place.Via(database.Address(place.Database, proxy.Port)));
        var wallet = await server.OpenWalletAsync("EUR", "100");
        for (var round = 1; round <= Rounds; round++)
        {
            var struck = proxy.NextAsync(CutKind.HoldBack);
            var withdraw = server.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"20"}""", $"late-{round}");
            var late = await struck;
            Assert.Equal(201, (await withdraw).Status);
            Assert.Contains("E", await late.DeliverAsync(), StringComparison.Ordinal);
            Assert.Equal($"{100 - 20 * round}.00", await server.PostedAsync(wallet));
        }

        Ledgers.Verify(place);
    }

    [Fact]
    public async Task A_batch_on_its_way_when_its_node_is_stopped_and_another_writes_is_not_written_and_is_decided_again()
    {
        var database = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(database);
        await using var proxy = CuttingProxy.Start(database.Port);
        await using var other = await Server.StartAsync(place);
        await using var stopped = await Server.StartAsync(place.Via(database.Address(place.Database, proxy.Port)));
        for (var round = 0; round < TestSeed.Times(2, atMost: 3); round++)
        {
            var wallet = await other.OpenWalletAsync("EUR", "10");
            var struck = proxy.NextAsync(CutKind.Delay);
            var withdraw = stopped.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"7"}""", $"stopped-{round}");
            var sent = await struck;
            stopped.Signal("STOP");
            Assert.Equal(201, (await other.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"7"}""", $"other-{round}")).Status);
            await sent.DeliverAsync();
            // In the long form past every time-out on the way: no event tells of those.
            if (TestSeed.Scale > 1)
                await Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            stopped.Signal("CONT");
            Assert.Equal("insufficient_funds", (await withdraw).Code);
            Assert.Equal("3.00", await stopped.PostedAsync(wallet));
            Assert.Equal("3.00", await other.PostedAsync(wallet));
        }

        Ledgers.Verify(place);
    }

    [Fact]
    public async Task A_commit_that_is_never_answered_holds_up_nobody_for_ever_and_is_told_truthfully()
    {
        var database = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(database);
        await using var proxy = CuttingProxy.Start(database.Port);
        await using var server = await Server.StartAsync(place.Via(database.Address(place.Database, proxy.Port)));
        var wallet = await server.OpenWalletAsync("EUR", "100");
        var keyless = new KeylessLoad("Silent");
        var struck = proxy.NextAsync(CutKind.Silence);
        var register = keyless.RegisterAsync(server);
        var withdraw = server.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"20"}""", "silent");
        await struck;
        Assert.Equal(201, (await register)!.Status);
        Assert.Equal(201, (await withdraw).Status);
        Assert.Equal("80.00", await server.PostedAsync(wallet));
        await keyless.AssertTruthfulAsync(server);
        Ledgers.Verify(place);
    }

    [Fact]
    public async Task Reads_rejections_and_replays_are_right_while_connections_are_cut_all_the_time()
    {
        var random = new Random(TestSeed.Next());
        var database = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(database);
        await using var firstProxy = CuttingProxy.Start(database.Port);
        await using var secondProxy = CuttingProxy.Start(database.Port);
        await using var one = await Server.StartAsync(place.Via(database.Address(place.Database, firstProxy.Port)));
        await using var two = await Server.StartAsync(place.Via(database.ConnectionString(place.Database, secondProxy.Port)));
        var first = await MixedLoad.PrepareAsync(one);
        var second = await MixedLoad.PrepareAsync(two);
        var keyless = new KeylessLoad("Cut");
        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(
            first.RunAsync(one, "one", 8, stop.Token), second.RunAsync(two, "two", 8, stop.Token), keyless.RunAsync(one, 2, stop.Token),
            keyless.RunAsync(two, 2, stop.Token));
        string[] statements = ["COMMIT", "BEGIN", "UPDATE", "SELECT", "WITH", "INSERT"];
        CutKind[] kinds = [CutKind.BeforeSend, CutKind.MidSend, CutKind.AfterSend, CutKind.BeforeAnswer, CutKind.HoldBack, CutKind.Delay];
        for (var cut = 0; cut < TestSeed.Times(15, atMost: 2_000); cut++)
        {
            var proxy = random.Next(2) == 0 ? firstProxy : secondProxy;
            if (random.Next(10) == 0)
            {
                proxy.CutAll();
            }
            else
            {
                var struck = proxy.NextAsync(
                    kinds[random.Next(kinds.Length)], random.Next(2) == 0 ? "COMMIT" : statements[random.Next(statements.Length)]);
                if (await Task.WhenAny(struck, first.GrowAsync(100)) != struck)
                    proxy.Disarm();
                else if ((await struck).IsHeld)
                    await (await struck).DeliverAsync();
            }

            await (proxy == firstProxy ? first : second).GrowAsync(random.Next(1, 20));
        }

        await stop.CancelAsync();
        await running;
        Console.WriteLine(
            $"{first.Acknowledged} and {second.Acknowledged} requests acknowledged, {first.Refusals} and {second.Refusals} times 503; {keyless.Acknowledged} without a key, {keyless.Unknown} unknown");
        await first.LearnAsync(one);
        await second.LearnAsync(two);
        await first.AssertKeptAsync(two);
        await second.AssertKeptAsync(one);
        await second.AssertReplaysAsync(one, random, 100);
        await keyless.AssertTruthfulAsync(one);
        Ledgers.Verify(place);
    }
}
