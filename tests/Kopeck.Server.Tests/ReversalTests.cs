using System.Globalization;

namespace Kopeck.Server.Tests;

/// <summary>Reversals over HTTP: never more than the original, linked both ways, found by it.</summary>
public sealed class ReversalTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_transfer_is_refunded_in_parts_and_tells_what_remains()
    {
        var (from, to) = (await WalletAsync("100.00"), await WalletAsync());
        var paid = (await server.PostAsync("/v1/transfers", $$"""{"from": "{{from}}", "to": "{{to}}", "amount": "60"}""")).MustBe(201);
        var id = paid["id"];
        Assert.False(paid.Json.TryGetProperty("reversible", out _));
        var before = (await server.GetAsync($"/v1/operations/{id}")).MustBe(200);
        Assert.Equal(("[]", "none"), (before["reversedBy"], before["reversed"]));
        Assert.Equal("""{"amount":"60.00","currency":"EUR"}""", before["reversible"]);

        var first = (await server.PostAsync($"/v1/operations/{id}/reverse", """{"amount": "15", "reason": "one was broken"}""")).MustBe(201);
        Assert.Equal("reversal", first["kind"]);
        Assert.Equal(
            $$"""{"id":"{{id}}","amount":"15.00","currency":"EUR","remaining":"45.00","reversed":"partly","difference":"house","reason":"one was broken"}""",
            first["reverses"]);
        Assert.Equal(
            ["-15.00", "15.00"],
            first.Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("amount").GetString()!));
        (await server.PostAsync($"/v1/operations/{id}/reverse", """{"amount": "45.01"}""")).MustBe(422, "reversal_exceeds");
        var rest = (await server.PostAsync($"/v1/operations/{id}/reverse", "{}")).MustBe(201);
        (await server.PostAsync($"/v1/operations/{id}/reverse", "{}")).MustBe(422, "already_reversed");

        var after = (await server.GetAsync($"/v1/operations/{id}")).MustBe(200);
        Assert.Equal("fully", after["reversed"]);
        Assert.Equal(
            $$"""[{"id":"{{first["id"]}}","amount":"15.00","currency":"EUR"},{"id":"{{rest["id"]}}","amount":"45.00","currency":"EUR"}]""",
            after["reversedBy"]);
        Assert.Equal("""{"amount":"0.00","currency":"EUR"}""", after["reversible"]);
        var then = (await server.GetAsync($"/v1/operations/{id}?at={first["id"]}")).MustBe(200);
        Assert.Equal(("partly", """{"amount":"45.00","currency":"EUR"}"""), (then["reversed"], then["reversible"]));
        Assert.Equal(before.Text, (await server.GetAsync($"/v1/operations/{id}?at={id}")).Text);
        (await server.GetAsync($"/v1/operations/{id}?at={long.Parse(id, CultureInfo.InvariantCulture) - 1}")).MustBe(404, "not_found");
        Assert.Equal("100.00", await PostedAsync(from));
    }

    [Fact]
    public async Task No_body_at_all_takes_all()
    {
        var (from, to) = (await WalletAsync("100.00"), await WalletAsync());
        var hold = (await server.PostAsync("/v1/holds", $$"""{"from": "{{from}}", "amount": "60", "to": "{{to}}"}""")).MustBe(201)["id"];
        var taken =
            (await server.SendAsync("POST", $"/v1/holds/{hold}/capture", null, server.Main.Key, server.NextName("all"))).MustBe(201);
        (await server.SendAsync("POST", $"/v1/operations/{taken["id"]}/reverse", null, server.Main.Key, server.NextName("all")))
            .MustBe(201);
        Assert.Equal("100.00", await PostedAsync(from));
        var other = (await server.PostAsync("/v1/holds", $$"""{"from": "{{from}}", "amount": "60"}""")).MustBe(201)["id"];
        var released =
            (await server.SendAsync("POST", $"/v1/holds/{other}/release", null, server.Main.Key, server.NextName("all"))).MustBe(201);
        Assert.Equal("released", released.Json.GetProperty("hold").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_conversion_ends_exactly_whatever_the_parts()
    {
        var (from, to) = (await WalletAsync("100.00"), await WalletAsync(currency: "USD"));
        var id = (await server.PostAsync("/v1/transfers", $$"""{"from": "{{from}}", "to": "{{to}}", "amount": "33.33", "currency": "EUR"}""")).MustBe(201)["id"];
        var part = (await server.PostAsync($"/v1/operations/{id}/reverse", """{"amount": "10.01", "currency": "USD"}""")).MustBe(201);
        Assert.Equal("10.01", part.Json.GetProperty("reverses").GetProperty("legs")[0].GetProperty("received").GetString());
        (await server.PostAsync($"/v1/operations/{id}/reverse", """{"amount": "0.02"}""")).MustBe(201);
        (await server.PostAsync($"/v1/operations/{id}/reverse", """{"amount": "3", "difference": "sender"}""")).MustBe(201);
        (await server.PostAsync($"/v1/operations/{id}/reverse", "{}")).MustBe(201);
        Assert.Equal("0.00", await PostedAsync(to));
        var original = (await server.GetAsync($"/v1/operations/{id}")).Json;
        Assert.Equal("""{"amount":"0.00","currency":"EUR","legs":[{"leg":0,"amount":"0.00","currency":"EUR","received":"0.00","receivedCurrency":"USD"}]}""", original.GetProperty("reversible").GetRawText());
    }

    [Fact]
    public async Task Legs_of_a_posting_are_reversed_by_their_place()
    {
        var (one, two) = (await WalletAsync("100.00"), await WalletAsync());
        var posting = (await server.PostAsync("/v1/postings", server.Main.Fill($$"""{"legs": [{"from": "{{one}}", "to": "{{two}}", "amount": "10"}, {"from": "{{one}}", "to": "$fees", "amount": "1"}]}"""))).MustBe(201)["id"];
        (await server.PostAsync($"/v1/operations/{posting}/reverse", """{"amount": "1"}""")).MustBe(422, "invalid_fields");
        var reversal = (await server.PostAsync($"/v1/operations/{posting}/reverse", """{"legs": [{"leg": 1, "amount": "0.50"}]}""")).MustBe(201);
        Assert.Equal("""[{"leg":1,"amount":"0.50","currency":"EUR"}]""", reversal.Json.GetProperty("reverses").GetProperty("legs").GetRawText());
        var original = (await server.GetAsync($"/v1/operations/{posting}")).MustBe(200);
        Assert.Equal("""{"amount":"10.50","currency":"EUR","legs":[{"leg":0,"amount":"10.00","currency":"EUR"},{"leg":1,"amount":"0.50","currency":"EUR"}]}""", original["reversible"]);
    }

    [Fact]
    public async Task Only_what_is_available_is_taken_back_and_only_where_that_is_asked()
    {
        var (from, to) = (await WalletAsync("100.00"), await WalletAsync());
        var id = (await server.PostAsync("/v1/transfers", $$"""{"from": "{{from}}", "to": "{{to}}", "amount": "60"}""")).MustBe(201)["id"];
        (await server.PostAsync("/v1/withdrawals", $$"""{"wallet": "{{to}}", "amount": "50"}""")).MustBe(201);
        (await server.PostAsync($"/v1/operations/{id}/reverse", "{}")).MustBe(422, "insufficient_funds");
        var some = (await server.PostAsync($"/v1/operations/{id}/reverse", """{"onInsufficient": "partial"}""")).MustBe(201);
        Assert.Equal("10.00", some.Json.GetProperty("reverses").GetProperty("amount").GetString());
        (await server.PostAsync($"/v1/operations/{id}/reverse", """{"onInsufficient": "partial"}""")).MustBe(422, "insufficient_funds");
    }

    [Fact]
    public async Task Reversals_are_found_by_their_original_and_originals_by_how_much_was_reversed()
    {
        var (from, to) = (await WalletAsync("100.00"), await WalletAsync());
        async Task<string> Pay() => (await server.PostAsync("/v1/transfers", $$"""{"from": "{{from}}", "to": "{{to}}", "amount": "10"}""")).MustBe(201)["id"];
        async Task<string> Reverse(string id, string body) =>
            (await server.PostAsync($"/v1/operations/{id}/reverse", body)).MustBe(201)["id"];
        var (none, partly, fully) = (await Pay(), await Pay(), await Pay());
        var (one, two) = (await Reverse(partly, """{"amount": "1"}"""), await Reverse(partly, """{"amount": "2"}"""));
        var whole = await Reverse(fully, "{}");
        async Task<IEnumerable<string>> Find(string filter) =>
            (await server.GetAsync("/v1/operations?order=asc&limit=1000&" + filter)).MustBe(200).Json.GetProperty("items").EnumerateArray()
                .Select(item => item.GetProperty("id").GetString()!);
        Assert.Equal([one, two], await Find($"reverses={partly}"));
        Assert.Equal([whole], await Find($"reverses={fully}&account={from}"));
        Assert.Equal([none], await Find($"account={to}&kind=transfer&reversed=none"));
        Assert.Equal([partly], await Find($"account={to}&reversed=partly"));
        Assert.Equal([fully], await Find($"account={to}&reversed=fully"));
        Assert.Contains(partly, await Find("reversed=partly"), StringComparer.Ordinal);
        Assert.Contains(fully, await Find("reversed=fully&kind=transfer"), StringComparer.Ordinal);
        var rest = (await Find("reversed=none")).ToList();
        Assert.Contains(none, rest, StringComparer.Ordinal);
        Assert.DoesNotContain(partly, rest, StringComparer.Ordinal);
        Assert.DoesNotContain(server.Main["hold"], rest, StringComparer.Ordinal);
        Assert.Empty(await Find($"reverses={none}"));
        var item = (await server.GetAsync($"/v1/operations?account={to}&reversed=partly")).Json.GetProperty("items")[0];
        // A list tells operations as they were written.
        Assert.False(item.TryGetProperty("reversible", out _));
        (await server.GetAsync("/v1/operations?reversed=some")).MustBe(400, "invalid_query");
        var page = (await server.GetAsync($"/v1/operations?reverses={partly}&limit=1")).MustBe(200);
        Assert.Equal(
            [one],
            (await server.GetAsync($"/v1/operations?reverses={partly}&limit=1&cursor={page["next"]}")).Json.GetProperty("items")
                .EnumerateArray().Select(found => found.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task A_reversal_needs_the_scope_of_its_original()
    {
        var (from, to) = (await WalletAsync("100.00"), await WalletAsync());
        var transfer = (await server.PostAsync("/v1/transfers", $$"""{"from": "{{from}}", "to": "{{to}}", "amount": "10"}""")).MustBe(201)["id"];
        var deposit = (await server.PostAsync("/v1/deposits", $$"""{"wallet": "{{from}}", "amount": "10"}""")).MustBe(201)["id"];
        var (teller, cashier) = (await KeyAsync(Ledger.Commands.Scopes.Transfer), await KeyAsync(Ledger.Commands.Scopes.Cash));
        (await server.SendAsync("POST", $"/v1/operations/{deposit}/reverse", """{"amount": "1"}""", teller)).MustBe(403, "forbidden");
        (await server.SendAsync("POST", $"/v1/operations/{transfer}/reverse", """{"amount": "1"}""", cashier)).MustBe(403, "forbidden");
        (await server.SendAsync("POST", $"/v1/operations/{deposit}/reverse", """{"amount": "1"}""", cashier)).MustBe(201);
        var reversal = (await server.SendAsync("POST", $"/v1/operations/{transfer}/reverse", """{"amount": "1"}""", teller)).MustBe(201)["id"];
        (await server.SendAsync("POST", $"/v1/operations/{reversal}/reverse", "{}", teller)).MustBe(403, "forbidden");
        (await server.PostAsync($"/v1/operations/{reversal}/reverse", "{}")).MustBe(201);
        (await server.SendAsync("POST", $"/v1/operations/{transfer}/reverse", "{}", await KeyAsync(Ledger.Commands.Scopes.Read)))
            .MustBe(403, "forbidden");
    }

    [Fact]
    public async Task A_hundred_partial_reversals_of_one_operation_never_take_more_than_it_moved()
    {
        var (from, to) = (await WalletAsync("100.00"), await WalletAsync("100.00"));
        var id = (await server.PostAsync("/v1/transfers", $$"""{"from": "{{from}}", "to": "{{to}}", "amount": "50"}""")).MustBe(201)["id"];
        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.PostAsync($"/v1/operations/{id}/reverse", """{"amount": "0.90"}""")));
        Assert.Equal(55, replies.Count(reply => reply.Status == 201));
        Assert.Equal(45, replies.Count(reply => reply.Code == "reversal_exceeds"));
        Assert.Equal("99.50", await PostedAsync(from));
        Assert.Equal("100.50", await PostedAsync(to));
        Assert.Equal("""{"amount":"0.50","currency":"EUR"}""", (await server.GetAsync($"/v1/operations/{id}"))["reversible"]);
    }

    async Task<string> WalletAsync(string? balance = null, string currency = "EUR")
    {
        var wallet = (await server.PostAsync(server.Main.Fill("/v1/customers/$customer/wallets"), $$"""{"currency": "{{currency}}"}""")).MustBe(201)["id"];
        if (balance is not null)
            (await server.PostAsync("/v1/deposits", $$"""{"wallet": "{{wallet}}", "amount": "{{balance}}"}""")).MustBe(201);
        return wallet;
    }

    async Task<string> PostedAsync(string wallet) => (await server.GetAsync($"/v1/wallets/{wallet}")).MustBe(200)["posted"];

    Task<string> KeyAsync(Ledger.Commands.Scopes scope) =>
        server.MakeKeyAsync(server.BookOf(server.Main.Key), server.NextName("teller"), scope);
}
