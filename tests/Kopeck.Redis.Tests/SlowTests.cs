using Kopeck.Testing;

namespace Kopeck.Redis.Tests;

/// <summary>A Redis that answers, but too late to be of use: it is left alone, quietly.</summary>
public sealed class SlowTests : IAsyncLifetime
{
    const string Rate = "0.92";

    // Far longer and shorter than each other, so that a busy machine changes nothing.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(900);

    readonly Folder folder = new();
    readonly LogLines log = new();
    RedisServer redis = null!;
    SlowWay way = null!;

    public async ValueTask InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        way = SlowWay.To(redis);
    }

    public async ValueTask DisposeAsync()
    {
        await way.DisposeAsync();
        await redis.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task After_the_first_look_that_is_not_answered_in_time_none_is_sent_however_often_Redis_answers_late()
    {
        await using var node = new Node(folder, way.Address, Patience, log);
        await node.OpenBookAsync(Rate);
        await node.AnswersAsync();
        Assert.Equal(Rate, await node.RateAsync());
        way.Delay = Slow;
        Assert.Equal(Rate, await node.RateAsync(Node.Day.AddDays(1)));
        await Checks.EventuallyAsync(() => Task.FromResult(!node.Shared.IsAnswering), "the node notices");
        var (looks, pings) = (way.Looks, way.Pings);
        Assert.True(looks > 0);
        var day = 2;
        await Checks.EventuallyAsync(
            async () =>
            {
                Assert.Equal(Rate, await node.RateAsync(Node.Day.AddDays(day++)));
                return way.Pings >= pings + 3;
            },
            "it is asked again whether it is back");
        Assert.False(node.Shared.IsAnswering);
        Assert.Equal(looks, way.Looks);
        Assert.Single(log.Warnings);

        way.Delay = TimeSpan.Zero;
        await node.AnswersAsync();
        await Checks.EventuallyAsync(
            async () =>
            {
                await node.RateAsync(Node.Day.AddDays(day++));
                return way.Looks > looks;
            },
            "it is used again");
    }

    [Fact]
    public async Task A_Redis_that_answers_nothing_at_all_keeps_nobody_waiting()
    {
        await using var node = new Node(folder, way.Address, Patience, log);
        await node.OpenBookAsync(Rate);
        await node.AnswersAsync();
        redis.Pause();
        try
        {
            Assert.Equal(Rate, await node.RateAsync());
            var looks = way.Looks;
            Assert.True(looks > 0);
            for (var day = 1; day < 200; day++)
                Assert.Equal(Rate, await node.RateAsync(Node.Day.AddDays(day)));
            Assert.False(node.Shared.IsAnswering);
            // The first read found it out, and nobody else sent any look.
            Assert.Equal(looks, way.Looks);
            Assert.Single(log.Warnings);
        }
        finally
        {
            redis.Continue();
        }
    }

    [Fact]
    public async Task One_that_comes_and_goes_is_said_to_once_in_a_while()
    {
        Assert.True(RedisAddress.TryParse(way.Address, out var settings, out _));
        var clock = new StoppedClock();
        await using var shared = new SharedQuotes(settings, clock, log, Patience);
        await ComeAndGoAsync(shared, 3);
        Assert.Equal(2, log.All.Count);
        Assert.Single(log.Warnings);
        clock.Advance(TimeSpan.FromMinutes(1));
        way.Delay = TimeSpan.Zero;
        await Checks.EventuallyAsync(
            async () =>
            {
                await shared.GetAsync("kopeck:nothing", TestContext.Current.CancellationToken);
                return log.All.Count == 3;
            },
            "that it answers again is said");
        Assert.Single(log.Warnings);
    }

    async Task ComeAndGoAsync(SharedQuotes shared, int times)
    {
        for (var time = 0; time < times; time++)
        {
            way.Delay = TimeSpan.Zero;
            await Checks.EventuallyAsync(() => Task.FromResult(shared.IsAnswering), "Redis answers");
            await shared.GetAsync("kopeck:nothing", TestContext.Current.CancellationToken);
            way.Delay = Slow;
            await Checks.EventuallyAsync(
                async () =>
                {
                    await shared.GetAsync("kopeck:nothing", TestContext.Current.CancellationToken);
                    return !shared.IsAnswering;
                },
                "Redis is too slow");
        }
    }

    /// <summary>Time that passes when the test says so; what is waited for comes as ever.</summary>
    sealed class StoppedClock : TimeProvider
    {
        long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref now);

        public void Advance(TimeSpan time) => Interlocked.Add(ref now, time.Ticks);
    }
}
