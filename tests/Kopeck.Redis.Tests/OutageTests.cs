using Kopeck.Testing;

namespace Kopeck.Redis.Tests;

/// <summary>
/// With Redis absent, silent or dying nothing fails, and nobody waits for it. Nodes have the patience they have in a server.
/// </summary>
public sealed class OutageTests : IAsyncLifetime
{
    const string Rate = "0.92";

    readonly Folder folder = new();
    RedisServer redis = null!;

    public async ValueTask InitializeAsync() => redis = await RedisServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task While_Redis_stands_still_everything_is_answered_and_afterwards_it_is_used_again()
    {
        await using var node = new Node(folder, redis.Address, TimeSpan.FromMilliseconds(5));
        await node.OpenBookAsync(Rate);
        await node.AnswersAsync();
        redis.Pause();
        try
        {
            // All of this ends although Redis answers nothing before it has ended.
            Assert.All(
                await Task.WhenAll(Enumerable.Range(0, 64).Select(day => node.RateAsync(Node.Day.AddDays(day)))),
                rate => Assert.Equal(Rate, rate));
            Assert.False(node.Shared.IsAnswering);
            await node.LoadAsync("0.93");
            for (var day = 0; day < 20; day++)
                Assert.Equal("0.93", await node.RateAsync(Node.Day.AddDays(day)));
        }
        finally
        {
            redis.Continue();
        }

        await node.AnswersAsync();
        await WritesAsync(node);
    }

    [Fact]
    public async Task Redis_may_be_killed_and_come_back_at_any_moment()
    {
        await using var node = new Node(folder, redis.Address, TimeSpan.FromMilliseconds(5));
        await node.OpenBookAsync(Rate);
        using var over = new CancellationTokenSource();
        var asked = Task.Run(
            async () =>
            {
                var count = 0;
                for (; !over.IsCancellationRequested; count++)
                    Assert.Equal(Rate, await node.RateAsync(Node.Day.AddDays(count % 2_000_000)));
                return count;
            },
            TestContext.Current.CancellationToken);
        for (var turn = 0; turn < 3; turn++)
        {
            await node.AnswersAsync();
            redis.Kill();
            await Checks.EventuallyAsync(() => Task.FromResult(!node.Shared.IsAnswering || asked.IsCompleted), "the node notices");
            await redis.StartAgainAsync();
        }

        await node.AnswersAsync();
        await over.CancelAsync();
        Assert.True(await asked > 0);
        await WritesAsync(node);
    }

    [Fact]
    public async Task A_Redis_that_is_absent_at_the_start_is_used_when_it_comes()
    {
        redis.Kill();
        await using var node = new Node(folder, redis.Address, TimeSpan.FromMilliseconds(5));
        await node.OpenBookAsync(Rate);
        Assert.Equal(Rate, await node.RateAsync());
        Assert.False(node.Shared.IsAnswering);
        await redis.StartAgainAsync();
        await node.AnswersAsync();
        await WritesAsync(node);
    }

    [Fact]
    public async Task A_node_ends_although_Redis_stands_still()
    {
        var node = new Node(folder, redis.Address, TimeSpan.FromMilliseconds(5));
        await node.AnswersAsync();
        await node.OpenBookAsync(Rate);
        await node.RateAsync();
        redis.Pause();
        try
        {
            await node.RateAsync(Node.Day.AddDays(1));
            await node.DisposeAsync();
        }
        finally
        {
            redis.Continue();
        }
    }

    // On a busy machine a look may again take longer than a node waits: it goes on asking, as a server's callers do.
    async Task WritesAsync(Node node)
    {
        await using var entries = await Entries.OfAsync(redis);
        var day = 10_000;
        await Checks.EventuallyAsync(
            async () =>
            {
                await node.RateAsync(Node.Day.AddDays(day++));
                return entries.Names().Count > 0;
            },
            "an entry is written");
    }
}
