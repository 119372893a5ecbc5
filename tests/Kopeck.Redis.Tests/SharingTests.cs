using System.Text;
using Kopeck.Testing;

namespace Kopeck.Redis.Tests;

/// <summary>Quotes that one node read are found by the others, and only the right ones.</summary>
public sealed class SharingTests : IAsyncLifetime
{
    const string Rate = "0.92";
    const string LaterRate = "0.95";

    readonly Folder folder = new();
    RedisServer redis = null!;
    Entries entries = null!;

    public async ValueTask InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        entries = await Entries.OfAsync(redis);
    }

    public async ValueTask DisposeAsync()
    {
        await entries.DisposeAsync();
        await redis.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task What_one_node_read_another_finds_without_the_database()
    {
        await using var first = await Node.StartAsync(folder, redis);
        await first.OpenBookAsync(Rate);
        Assert.Equal(Rate, await first.RateAsync());
        Assert.Equal(1, first.QuoteReads);
        await entries.EventuallyAsync(1);

        await using var second = await Node.StartAsync(folder, redis);
        Assert.Equal(Rate, await second.RateAsync());
        Assert.Equal(0, second.QuoteReads);

        // Each keeps it in memory: Redis is not asked again.
        redis.Kill();
        Assert.Equal([Rate, Rate], [await first.RateAsync(), await second.RateAsync()]);
        Assert.Equal((1, 0), (first.QuoteReads, second.QuoteReads));
    }

    [Fact]
    public async Task Newly_loaded_quotes_are_seen_by_every_node_at_once()
    {
        await using var first = await Node.StartAsync(folder, redis);
        await using var second = await Node.StartAsync(folder, redis);
        await first.OpenBookAsync(Rate);
        Assert.Equal([Rate, Rate], [await first.RateAsync(), await second.RateAsync()]);
        foreach (var rate in new[] { LaterRate, Rate, "1.11" })
        {
            await second.LoadAsync(rate);
            Assert.Equal([rate, rate], [await first.RateAsync(), await second.RateAsync()]);
        }
    }

    [Fact]
    public async Task Another_database_with_the_same_book_on_the_same_Redis_has_its_own_quotes()
    {
        using var elsewhere = new Folder();
        await using var first = await Node.StartAsync(folder, redis);
        await using var other = await Node.StartAsync(elsewhere, redis);
        await first.OpenBookAsync(Rate);
        await other.OpenBookAsync(LaterRate);
        Assert.Equal([Rate, LaterRate], [await first.RateAsync(), await other.RateAsync()]);
        var names = await entries.EventuallyAsync(2);

        // Not even what another database wrote, put in the place of what this one did, is taken for its own.
        var (mine, others) = (await entries.ReadAsync(names[0]), await entries.ReadAsync(names[1]));
        await entries.WriteAsync(names[0], others);
        await entries.WriteAsync(names[1], mine);
        await using var second = await Node.StartAsync(folder, redis);
        await using var otherSecond = await Node.StartAsync(elsewhere, redis);
        Assert.Equal([Rate, LaterRate], [await second.RateAsync(), await otherSecond.RateAsync()]);
        Assert.Equal((1, 1), (second.QuoteReads, otherSecond.QuoteReads));
    }

    [Fact]
    public async Task An_altered_entry_is_ignored_wherever_it_was_altered_and_written_again()
    {
        await using var first = await Node.StartAsync(folder, redis);
        await first.OpenBookAsync(Rate);
        await first.RateAsync();
        var name = (await entries.EventuallyAsync(1))[0];
        var whole = await entries.ReadAsync(name);
        var rate = whole.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Rate));
        Assert.True(rate > 0);
        var step = Math.Max(1, whole.Length / 12);
        foreach (var place
            in Enumerable.Range(0, whole.Length).Where(place => place % step == 0 || (place >= rate && place < rate + Rate.Length)))
        {
            var altered = whole.ToArray();
            altered[place] ^= 1;
            await entries.WriteAsync(name, altered);
            await using var node = await Node.StartAsync(folder, redis);
            Assert.True(await node.RateAsync() == Rate, $"byte {place}");
        }

        await entries.WriteAsync(name, [.. whole[..rate], .. "9.99"u8, .. whole[(rate + 4)..]]);
        await using var reader = await Node.StartAsync(folder, redis);
        Assert.Equal(Rate, await reader.RateAsync());
        Assert.Equal(1, reader.QuoteReads);
        await Checks.EventuallyAsync(
            async () => (await entries.ReadAsync(name)).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Rate)) > 0, "the right entry is back");
        await using var next = await Node.StartAsync(folder, redis);
        Assert.Equal(Rate, await next.RateAsync());
        Assert.Equal(0, next.QuoteReads);
    }

    [Fact]
    public async Task An_entry_that_was_cut_or_is_something_else_is_ignored()
    {
        await using var first = await Node.StartAsync(folder, redis);
        await first.OpenBookAsync(Rate);
        await first.RateAsync();
        var name = (await entries.EventuallyAsync(1))[0];
        var whole = await entries.ReadAsync(name);
        foreach (var length in new[] { 0, 1, 8, whole.Length / 2, whole.Length - 33, whole.Length - 1 })
        {
            await entries.WriteAsync(name, whole[..length]);
            await using var node = await Node.StartAsync(folder, redis);
            Assert.Equal((Rate, 1), (await node.RateAsync(), node.QuoteReads));
        }

        await entries.RemoveAsync(name);
        await entries.ReplaceByTextAsync(name);
        await using var last = await Node.StartAsync(folder, redis);
        Assert.Equal((Rate, 1), (await last.RateAsync(), last.QuoteReads));
        Assert.True(last.Shared.IsAnswering, "Redis that refuses one command is not away");
    }

    [Fact]
    public async Task An_entry_of_another_day_or_of_earlier_quotes_does_not_pass_for_todays()
    {
        await using var first = await Node.StartAsync(folder, redis);
        await first.OpenBookAsync(Rate);
        await first.RateAsync();
        var earlier = (await entries.EventuallyAsync(1))[0];
        await first.LoadAsync(LaterRate);
        await first.RateAsync();
        var names = await entries.EventuallyAsync(2);
        var later = names.Single(name => name != earlier);
        await entries.WriteAsync(later, Renamed(await entries.ReadAsync(earlier), earlier, later));
        await using var second = await Node.StartAsync(folder, redis);
        Assert.Equal((LaterRate, 1), (await second.RateAsync(), second.QuoteReads));

        await second.RateAsync(Node.Day.AddDays(1));
        var tomorrow = (await entries.EventuallyAsync(3)).Single(name => !names.Contains(name));
        await entries.WriteAsync(tomorrow, Renamed(await entries.ReadAsync(earlier), earlier, tomorrow));
        await using var third = await Node.StartAsync(folder, redis);
        Assert.Equal((LaterRate, 1), (await third.RateAsync(Node.Day.AddDays(1)), third.QuoteReads));
    }

    [Fact]
    public async Task A_book_without_keys_has_nothing_to_seal_with_and_shares_nothing()
    {
        await using var first = await Node.StartAsync(folder, redis);
        await first.OpenBookAsync(Rate, withKey: false);
        Assert.Equal([Rate, Rate], [await first.RateAsync(), await first.RateAsync()]);
        Assert.Equal(1, first.QuoteReads);
        await using var second = await Node.StartAsync(folder, redis);
        Assert.Equal((Rate, 1), (await second.RateAsync(), second.QuoteReads));
        Assert.Empty(entries.Names());
    }

    // The cache's own form carries the entry's name too: with that mended, only the seal is left to notice.
    static byte[] Renamed(byte[] entry, string from, string to)
    {
        var place = entry.AsSpan().IndexOf(Encoding.ASCII.GetBytes(from));
        return place < 0 ? entry : [.. entry[..place], .. Encoding.ASCII.GetBytes(to), .. entry[(place + from.Length)..]];
    }
}
