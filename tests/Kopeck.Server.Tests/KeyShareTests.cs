using System.Globalization;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Kopeck.Server.Tests;

/// <summary>What one key can make the server hold is bounded, and whoever does not read is let go.</summary>
public sealed class KeyShareTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const int Items = 1_100;

    static readonly string Long = new('m', 3_900);

    [Fact]
    public async Task Half_sent_bodies_of_a_key_hold_no_more_than_its_share_and_others_are_not_touched()
    {
        var shares = new KeyShares { MostBytes = 1 << 20 };
        await using var another = await server.StartAnotherAsync(shares);
        var key = server.Main.Key;
        using (var first = await SlowSocket.ConnectAsync(AddressOf(another)))
        {
            await first.PostPartAsync("/v1/batches", key, 16 << 20, 800 << 10);
            await Eventually.TrueAsync(() => shares.Bytes >= 700 << 10);
            using var second = await SlowSocket.ConnectAsync(AddressOf(another));
            await second.PostPartAsync("/v1/batches", key, 16 << 20, 500 << 10);
            Assert.Equal("HTTP/1.1 503 Service Unavailable", await second.ReadLineAsync());
            using var other = await SlowSocket.ConnectAsync(AddressOf(another));
            await other.PostPartAsync("/v1/batches", server.Other.Key, 16 << 20, 500 << 10);
            await Eventually.TrueAsync(() => shares.Bytes >= 1_100 << 10);
        }

        await Eventually.TrueAsync(() => shares.Bytes == 0);
    }

    [Fact]
    public async Task A_key_has_so_many_feeds_and_one_that_ends_makes_room()
    {
        var shares = new KeyShares { MostStreams = 2 };
        await using var another = await server.StartAnotherAsync(shares);
        using var first = await SlowSocket.ConnectAsync(AddressOf(another));
        using var second = await SlowSocket.ConnectAsync(AddressOf(another));
        await first.GetAsync("/v1/journal", server.Main.Key);
        await second.GetAsync("/v1/journal", server.Main.Key);
        await Eventually.TrueAsync(() => shares.Streams == 2);
        Assert.Equal("HTTP/1.1 503 Service Unavailable", await FirstLineAsync(another, "/v1/journal", server.Main.Key));
        Assert.Equal("HTTP/1.1 200 OK", await FirstLineAsync(another, "/v1/currencies", server.Main.Key));
        Assert.Equal("HTTP/1.1 200 OK", await FirstLineAsync(another, "/v1/journal", server.Other.Key));
        first.Dispose();
        await Eventually.TrueAsync(async () => await FirstLineAsync(another, "/v1/journal", server.Main.Key) == "HTTP/1.1 200 OK");
    }

    [Theory]
    [InlineData("/v1/journal")]
    [InlineData("/v1/wallets/3/statement?format=json&since=2020-01-01&until=2100-01-01")]
    public async Task A_reader_who_takes_nothing_is_let_go(string path)
    {
        // More than the system's buffers take for a reader.
        var book = await BigBookAsync(batches: 8);
        var shares = new KeyShares { Patience = TimeSpan.FromSeconds(1) };
        await using var another = await server.StartAnotherAsync(shares);
        using var feed = await SlowSocket.ConnectAsync(AddressOf(another));
        await feed.GetAsync(path, book);
        Assert.Equal("HTTP/1.1 200 OK", await feed.ReadLineAsync());
        await Eventually.TrueAsync(() => shares.Streams == 0);
        // Cut in the middle: a whole one ends with the chunk that says so.
        var rest = await feed.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.False(rest.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_of_large_operations_has_fewer_of_them_and_the_next_goes_on_after_it()
    {
        var key = await BigBookAsync();
        foreach (var order in new[] { "asc", "desc" })
        {
            var numbers = new List<long>();
            var sizes = new List<int>();
            string? cursor = null;
            do
            {
                var page = (await server.GetAsync(
                    $"/v1/operations?limit=1000&order={order}" + (cursor is null ? "" : $"&cursor={cursor}"), key)).MustBe(200);
                Assert.InRange(page.Text.Length, 0, 8 << 20);
                var items = page.Json.GetProperty("items").EnumerateArray()
                    .Select(item => long.Parse(item.GetProperty("id").GetString()!, CultureInfo.InvariantCulture)).ToList();
                sizes.Add(items.Count);
                numbers.AddRange(items);
                cursor = page.Json.GetProperty("next").GetString();
            }
            while (cursor is not null);
            var head = (await server.HeadAsync(server.BookOf(key))).Number;
            Assert.InRange(sizes[0], 900, 999);
            var all = Enumerable.Range(1, (int)head).Select(number => (long)number);
            Assert.Equal(order == "asc" ? all : all.Reverse(), numbers);
        }
    }

    [Fact]
    public async Task A_statement_ends_when_its_key_is_revoked()
    {
        // More than the system's buffers take for a reader.
        var key = await BigBookAsync(batches: 8);
        var book = server.BookOf(key);
        var reader = await server.MakeKeyAsync(book, "reader", Scopes.Read);
        await using var another = await server.StartAnotherAsync(new KeyShares());
        using var socket = await SlowSocket.ConnectAsync(AddressOf(another));
        await socket.GetAsync("/v1/wallets/3/statement?format=json&since=2020-01-01&until=2100-01-01", reader);
        Assert.Equal("HTTP/1.1 200 OK", await socket.ReadLineAsync());
        var (_, refusal) = await server.Keys.RevokeAsync(book, KeyName.Parse("reader"), TestContext.Current.CancellationToken);
        Assert.Null(refusal);
        // A whole one ends with the chunk that says so.
        var rest = await socket.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.False(rest.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal));
    }

    static async Task<string> FirstLineAsync(WebApplication app, string path, string key)
    {
        using var socket = await SlowSocket.ConnectAsync(AddressOf(app));
        await socket.GetAsync(path, key);
        return await socket.ReadLineAsync();
    }

    static Uri AddressOf(WebApplication app) => new(app.Urls.First());

    /// <summary>A book of its own with some megabytes of operations.</summary>
    async Task<string> BigBookAsync(int batches = 1)
    {
        var key = await server.OpenBookAsync(server.NextName("big"));
        (await server.SendAsync(
            "POST", "/v1/customers", """{"name": "B", "country": "DE", "city": "Bonn", "currency": "EUR"}""", key)).MustBe(201);
        var item = $$$"""{"kind": "deposit", "wallet": "3", "amount": "1", "description": "{{{new string('d', 400)}}}", "metadata": {"m": "{{{Long}}}"}}""";
        var body = $$"""{"operations": [{{string.Join(',', Enumerable.Repeat(item, Items))}}]}""";
        for (var batch = 0; batch < batches; batch++)
        {
            var done = (await server.SendAsync("POST", "/v1/batches", body, key)).MustBe(200);
            Assert.All(
                done.Json.GetProperty("outcomes").EnumerateArray(), outcome => Assert.Equal(201, outcome.GetProperty("status").GetInt32()));
        }

        return key;
    }
}
