using System.Globalization;

namespace Kopeck.Server.Tests;

/// <summary>Lists page by opaque cursors that stay right while new things are written.</summary>
public sealed class ListTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("/v1/operations", "asc")]
    [InlineData("/v1/operations", "desc")]
    [InlineData("/v1/accounts", "asc")]
    [InlineData("/v1/accounts", "desc")]
    [InlineData("/v1/customers", "asc")]
    [InlineData("/v1/customers", "desc")]
    [InlineData("/v1/operations?account=$wallet", "desc")]
    [InlineData("/v1/operations?customer=$customer", "asc")]
    [InlineData("/v1/operations?kind=account_opened", "desc")]
    [InlineData("/v1/customers/$customer/wallets", "desc")]
    [InlineData("/v1/customers?name=f", "desc")]
    [InlineData("/v1/customers?country=DE", "asc")]
    public async Task Pages_put_together_are_the_whole_list(string path, string order)
    {
        var list = server.Other.Fill(path);
        list += (list.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "order=" + order;
        var whole = Ids((await server.GetAsync(list + "&limit=1000", server.Other.Key)).MustBe(200));
        Assert.NotEmpty(whole);
        Assert.Equal(order == "asc" ? whole.Order() : whole.OrderDescending(), whole);
        foreach (var limit in new[] { 1, 3, whole.Count, whole.Count + 1 })
            Assert.Equal(whole, await WalkAsync(list, limit, _ => Task.CompletedTask));
    }

    [Fact]
    public async Task New_operations_neither_repeat_nor_hide_any_while_one_pages()
    {
        var before = Ids(await server.GetAsync("/v1/operations?limit=1000", server.Other.Key));
        var newest = await WalkAsync("/v1/operations?order=desc", 4, async _ => (await server.SendAsync("POST", "/v1/deposits", server.Other.Fill("""{"wallet": "$wallet", "amount": "1"}"""), server.Other.Key)).MustBe(201));
        Assert.Equal(before, newest);
        var oldest = await WalkAsync("/v1/operations?order=asc", 4, async page =>
        {
            if (page < 3)
                (await server.SendAsync("POST", "/v1/deposits", server.Other.Fill("""{"wallet": "$wallet", "amount": "1"}"""), server.Other.Key)).MustBe(201);
        });
        var head = (await server.HeadAsync(server.BookOf(server.Other.Key))).Number;
        Assert.Equal(Enumerable.Range(1, (int)head).Select(number => (long)number), oldest);
    }

    [Fact]
    public async Task A_cursor_of_another_book_list_or_filter_or_one_that_was_changed_is_refused()
    {
        var cursor = (await server.GetAsync("/v1/operations?limit=2")).MustBe(200)["next"];
        (await server.GetAsync($"/v1/operations?limit=7&cursor={cursor}")).MustBe(200);
        foreach (var path
            in new[]
            {
                "/v1/accounts?",
                "/v1/customers?",
                "/v1/operations?order=asc&",
                "/v1/operations?kind=deposit&",
                server.Main.Fill("/v1/operations?account=$wallet&"),
                server.Main.Fill("/v1/customers/$customer/wallets?")
            })
            Assert.Equal("cursor:bad_value", (await server.GetAsync($"{path}cursor={cursor}")).MustBe(400, "invalid_query").Errors);
        (await server.GetAsync($"/v1/operations?cursor={cursor}", server.Other.Key)).MustBe(400, "invalid_query");
        for (var place = 0; place < cursor.Length; place++)
        {
            var damaged = cursor[..place] + (cursor[place] == 'A' ? 'B' : 'A') + cursor[(place + 1)..];
            (await server.GetAsync($"/v1/operations?cursor={damaged}")).MustBe(400, "invalid_query");
        }
    }

    [Fact]
    public async Task Customers_are_found_by_prefix_whatever_the_case_and_accents_and_wildcards_mean_themselves()
    {
        (await server.PostAsync("/v1/customers", """{"name": "Éva Müller", "country": "HU", "city": "Pécs"}""")).MustBe(201);
        (await server.PostAsync("/v1/customers", """{"name": "100%_sure", "country": "HU", "city": "Pécs"}""")).MustBe(201);
        Assert.Single(Ids(await server.GetAsync("/v1/customers?name=eva%20mu")));
        Assert.Single(Ids(await server.GetAsync("/v1/customers?name=%C3%89VA")));
        Assert.Single(Ids(await server.GetAsync("/v1/customers?name=100%25_")));
        Assert.Empty(Ids(await server.GetAsync("/v1/customers?name=%25")));
        Assert.Empty(Ids(await server.GetAsync("/v1/customers?name=_va")));
        Assert.Single(Ids(await server.GetAsync("/v1/customers?code=ada")));
    }

    [Fact]
    public async Task Balances_are_read_as_of_any_number_and_instant()
    {
        var seed = server.Main;
        var opened = long.Parse(seed["wallet"], CultureInfo.InvariantCulture);
        var paid = long.Parse(seed["operation"], CultureInfo.InvariantCulture);
        Assert.Equal("0.00", (await server.GetAsync($"/v1/wallets/{opened}?at={opened}")).MustBe(200)["posted"]);
        Assert.Equal("0.00", (await server.GetAsync($"/v1/wallets/{opened}?at={paid - 1}")).MustBe(200)["posted"]);
        var then = (await server.GetAsync($"/v1/wallets/{opened}?at={paid}")).MustBe(200);
        Assert.Equal(("100.00", seed["operation"]), (then["posted"], then["asOf"]));
        var at = (await server.GetAsync($"/v1/operations/{paid}"))["at"];
        Assert.Equal("100.00", (await server.GetAsync($"/v1/accounts/{opened}?at={at}"))["posted"]);
        (await server.GetAsync($"/v1/wallets/{opened}?at={opened - 1}")).MustBe(404, "not_found");
    }

    static List<long> Ids(Reply reply) =>
        [
            .. reply.Json.GetProperty("items").EnumerateArray()
                .Select(item => long.Parse(item.GetProperty("id").GetString()!, CultureInfo.InvariantCulture))];

    async Task<List<long>> WalkAsync(string list, int limit, Func<int, Task> afterPage)
    {
        var ids = new List<long>();
        string? cursor = null;
        for (var page = 1; ; page++)
        {
            var reply = (
                await server.GetAsync(
                    string.Create(CultureInfo.InvariantCulture, $"{list}&limit={limit}{(cursor is null ? "" : "&cursor=" + cursor)}"),
                    server.Other.Key))
                .MustBe(200);
            ids.AddRange(Ids(reply));
            cursor = reply.Json.GetProperty("next").GetString();
            if (cursor is null)
                return ids;
            await afterPage(page);
        }
    }
}
