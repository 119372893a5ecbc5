using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>Two servers on one file, both under load.</summary>
public sealed class TwoServersTests
{
    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task Two_servers_under_full_load_both_go_forward_and_the_book_is_right_also_while_they_write(StorageEngine engine)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        await using var one = await Server.StartAsync(place);
        await using var two = await Server.StartAsync(place);
        var first = await MixedLoad.PrepareAsync(one);
        var second = await MixedLoad.PrepareAsync(two);
        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(first.RunAsync(one, "one", 32, stop.Token), second.RunAsync(two, "two", 32, stop.Token));
        await Task.WhenAll(first.GrowAsync(200), second.GrowAsync(200));
        Ledgers.Verify(place);
        await Task.WhenAll(first.GrowAsync(150 * TestSeed.Scale), second.GrowAsync(150 * TestSeed.Scale));
        await stop.CancelAsync();
        await running;
        Console.WriteLine($"{first.Acknowledged} requests through one server, {second.Acknowledged} through the other");
        Assert.Equal(0, first.Refusals + second.Refusals);

        // Each book-keeper is compared with what the other server says.
        await first.AssertKeptAsync(two);
        await second.AssertKeptAsync(one);
        Ledgers.Verify(place);
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task A_server_that_is_stopped_and_continued_with_requests_in_flight_answers_rightly_while_the_other_writes(
        StorageEngine engine)
    {
        var random = new Random(TestSeed.Next());
        using var place = await ILedgerPlace.NewAsync(engine);
        await using var one = await Server.StartAsync(place);
        await using var two = await Server.StartAsync(place);
        var first = await MixedLoad.PrepareAsync(one);
        var second = await MixedLoad.PrepareAsync(two);
        var overtaken = 0;
        for (var round = 0; round < 2 * TestSeed.Scale || (overtaken < 2 && round < 40); round++)
        {
            using var stop = new CancellationTokenSource();
            var running =
                Task.WhenAll(first.RunAsync(one, $"one-{round}", 8, stop.Token), second.RunAsync(two, $"two-{round}", 8, stop.Token));
            await Task.WhenAll(first.GrowAsync(20), second.GrowAsync(random.Next(1, 60)));
            two.Signal("STOP");
            var before = first.Acknowledged;

            // A server that is stopped inside a transaction holds the file, and the other can only wait: that is looked at for a while,
            // too.
            if (await Checks.HappensAsync(() => first.Acknowledged >= before + 150, TimeSpan.FromSeconds(3)))
                overtaken++;
            two.Signal("CONT");
            await Task.WhenAll(first.GrowAsync(10), second.GrowAsync(10));
            await stop.CancelAsync();
            await running;
        }

        Assert.True(overtaken >= 2, "the other server hardly ever wrote while one was stopped");
        await first.LearnAsync(one);
        await second.LearnAsync(two);
        await first.AssertKeptAsync(two);
        await second.AssertKeptAsync(one);
        await second.AssertReplaysAsync(one, random, 100);
        Ledgers.Verify(place);
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task A_wallet_that_is_emptied_while_a_server_is_stopped_is_not_overdrawn_when_it_goes_on(StorageEngine engine)
    {
        var random = new Random(TestSeed.Next());
        using var place = await ILedgerPlace.NewAsync(engine);
        await using var one = await Server.StartAsync(place);
        await using var two = await Server.StartAsync(place);
        for (var round = 0; round < 2 * TestSeed.Scale; round++)
        {
            var wallet = await one.OpenWalletAsync("EUR", "100");
            Task<Reply> Withdraw(Server server, string key) => server.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"1"}""", $"{wallet}-{key}");

            // Some are decided or half-way when the server is stopped, the rest arrive while it stands.
            var early = Enumerable.Range(0, 60).Select(index => Withdraw(two, $"early-{index}")).ToList();
            await Task.WhenAny(early.Take(random.Next(1, 40)));
            two.Signal("STOP");
            var late = Enumerable.Range(0, 60).Select(index => Withdraw(two, $"late-{index}")).ToList();
            var others = Enumerable.Range(0, 100).Select(index => Withdraw(one, $"other-{index}")).ToList();
            await Checks.HappensAsync(() => others.TrueForAll(other => other.IsCompleted), TimeSpan.FromSeconds(2));
            two.Signal("CONT");
            var replies = await Task.WhenAll([.. early, .. late, .. others]);
            Assert.Equal(100, replies.Count(reply => reply.Status == 201));
            Assert.All(replies.Where(reply => reply.Status != 201), reply => Assert.Equal("insufficient_funds", reply.Code));
            Assert.Equal("0.00", await two.PostedAsync(wallet));
        }

        Ledgers.Verify(place);
    }
}
