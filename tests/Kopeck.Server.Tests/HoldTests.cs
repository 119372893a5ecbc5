using System.Globalization;
using System.Text.Json;

namespace Kopeck.Server.Tests;

/// <summary>Holds over HTTP: what each call answers, and that what is reserved is neither spent twice nor lost.</summary>
public sealed class HoldTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_hold_answers_the_operation_and_the_hold_as_the_design_says()
    {
        var (wallet, shop) = (await WalletAsync("100.00"), await WalletAsync());
        var placed = (await server.PostAsync("/v1/holds", $$"""{"from": "{{wallet}}", "amount": "100.00", "maxAmount": "115.00", "to": "{{shop}}", "expiresInSeconds": 604800, "description": "room 12"}""")).MustBe(201);
        var id = placed["id"];
        Assert.Equal(("hold", "[]", "room 12"), (placed["kind"], placed["entries"], placed["description"]));
        Assert.Equal(
            $$"""[{"hold":"{{id}}","account":"{{wallet}}","currency":"EUR","change":"100.00","held":"100.00"}]""",
            placed.Json.GetProperty("holds").GetRawText());
        var end = Kopeck.Ledger.Instant.From(DateTimeOffset.Parse(placed["at"], CultureInfo.InvariantCulture).AddDays(7));
        Assert.Equal(
            $$"""{"id":"{{id}}","account":"{{wallet}}","to":"{{shop}}","currency":"EUR","status":"open","authorised":"100.00","maxAmount":"115.00","captured":"0.00","released":"0.00","expired":"0.00","remaining":"100.00","expiresAt":"{{end}}","captures":[]}""",
            placed["hold"]);
        Assert.Equal(placed["hold"], (await server.GetAsync($"/v1/holds/{id}")).MustBe(200).Text);
        Assert.Equal(("100.00", "100.00", "0.00"), await BalanceAsync(wallet));
        (await server.PostAsync("/v1/withdrawals", $$"""{"wallet": "{{wallet}}", "amount": "0.01"}""")).MustBe(422, "insufficient_funds");
    }

    [Fact]
    public async Task A_hold_is_captured_in_parts_and_the_last_part_releases_the_rest()
    {
        var (wallet, shop) = (await WalletAsync("100.00"), await WalletAsync());
        var hold = await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "80"}""");
        var first = (await server.PostAsync($"/v1/holds/{hold}/capture", $$"""{"amount": "30", "to": "{{shop}}", "description": "first"}""")).MustBe(201);
        Assert.Equal(("capture", "first"), (first["kind"], first["description"]));
        Assert.Equal(
            ["-30.00", "30.00"],
            first.Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("amount").GetString()!));
        Assert.Equal(("open", "30.00", "50.00"), Stand(first.Json.GetProperty("hold")));
        Assert.Equal(("70.00", "50.00", "20.00"), await BalanceAsync(wallet));

        var last = (await server.PostAsync($"/v1/holds/{hold}/capture", $$"""{"amount": "20", "to": "{{shop}}", "final": true}""")).MustBe(201);
        Assert.Equal(("captured", "50.00", "0.00"), Stand(last.Json.GetProperty("hold")));
        Assert.Equal("30.00", last.Json.GetProperty("hold").GetProperty("released").GetString());
        Assert.Equal("-50.00", last.Json.GetProperty("holds")[0].GetProperty("change").GetString());
        Assert.Equal(("50.00", "0.00", "50.00"), await BalanceAsync(wallet));
        Assert.Equal(("50.00", "0.00", "50.00"), await BalanceAsync(shop));
        Assert.Equal(
            $$"""[{"operation":"{{first["id"]}}","amount":"30.00"},{"operation":"{{last["id"]}}","amount":"20.00"}]""",
            (await server.GetAsync($"/v1/holds/{hold}"))["captures"]);
        (await server.PostAsync($"/v1/holds/{hold}/capture", $$"""{"to": "{{shop}}"}""")).MustBe(422, "hold_closed");

        // As of each number, the hold and what is held are what they were.
        Assert.Equal(("open", "0.00", "80.00"), Stand((await server.GetAsync($"/v1/holds/{hold}?at={hold}")).MustBe(200).Json));
        Assert.Equal(first["hold"], (await server.GetAsync($"/v1/holds/{hold}?at={first["id"]}")).Text);
        var then = (await server.GetAsync($"/v1/wallets/{wallet}?at={first["id"]}")).MustBe(200);
        Assert.Equal(("70.00", "50.00", "20.00"), (then["posted"], then["held"], then["available"]));
        (await server.GetAsync($"/v1/holds/{hold}?at={long.Parse(hold, CultureInfo.InvariantCulture) - 1}")).MustBe(404, "not_found");
    }

    [Fact]
    public async Task A_capture_pays_several_receivers_cash_and_above_the_hold_once()
    {
        var (wallet, shop, dollar) = (await WalletAsync("100.00"), await WalletAsync(), await WalletAsync(currency: "USD"));
        var hold = await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "50", "maxAmount": "60"}""");
        var legs = (await server.PostAsync($"/v1/holds/{hold}/capture", $$"""{"legs": [{"to": "{{shop}}", "amount": "10"}, {"to": "{{dollar}}", "amount": "9", "currency": "EUR"}]}""")).MustBe(201);
        Assert.Equal(
            ["10.00", "9.00"], legs.Json.GetProperty("legs").EnumerateArray().Select(leg => leg.GetProperty("taken").GetString()!));
        Assert.Equal("10.00", legs.Json.GetProperty("legs")[1].GetProperty("received").GetString());
        Assert.Equal("USD", legs.Json.GetProperty("legs")[1].GetProperty("exchange").GetProperty("to").GetString());
        Assert.Equal(6, legs.Json.GetProperty("entries").GetArrayLength());

        var over = (await server.PostAsync($"/v1/holds/{hold}/capture", """{"amount": "41", "to": "cash"}""")).MustBe(201);
        Assert.Equal(("captured", "60.00", "0.00"), Stand(over.Json.GetProperty("hold")));
        Assert.Equal(("40.00", "0.00", "40.00"), await BalanceAsync(wallet));
        (await server.SendAsync("POST", $"/v1/holds/{await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "1"}""")}/capture", """{"to": "cash"}""", await KeyAsync(Ledger.Commands.Scopes.Transfer))).MustBe(403, "forbidden");
    }

    [Fact]
    public async Task A_hold_is_increased_extended_and_released()
    {
        var wallet = await WalletAsync("100.00");
        var hold = await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "10", "expiresInSeconds": 60}""");
        Assert.Equal(("open", "0.00", "15.00"), Stand((await server.PostAsync($"/v1/holds/{hold}/increase", """{"by": "5"}""")).MustBe(201).Json.GetProperty("hold")));
        Assert.Equal(("open", "0.00", "20.00"), Stand((await server.PostAsync($"/v1/holds/{hold}/increase", """{"amount": "20.00", "maxAmount": "25"}""")).MustBe(201).Json.GetProperty("hold")));
        var extended = (await server.PostAsync($"/v1/holds/{hold}/extend", """{"expiresAt": null}""")).MustBe(201);
        Assert.Equal(
            ("hold_extended", JsonValueKind.Null),
            (extended["kind"], extended.Json.GetProperty("hold").GetProperty("expiresAt").ValueKind));
        Assert.Equal(("open", "0.00", "13.00"), Stand((await server.PostAsync($"/v1/holds/{hold}/release", """{"amount": "7"}""")).MustBe(201).Json.GetProperty("hold")));
        var released = (await server.PostAsync($"/v1/holds/{hold}/release", "{}")).MustBe(201);
        Assert.Equal(("released", "0.00", "0.00"), Stand(released.Json.GetProperty("hold")));
        Assert.Equal(("100.00", "0.00", "100.00"), await BalanceAsync(wallet));
        var kinds = (await server.GetAsync($"/v1/operations?account={wallet}&order=asc")).Json.GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("kind").GetString()!);
        Assert.Equal(
            ["account_opened", "deposit", "hold", "hold_increased", "hold_increased", "hold_extended", "hold_released", "hold_released"],
            kinds);
        var forever = await KeyAsync(Ledger.Commands.Scopes.Transfer);
        (await server.SendAsync("POST", "/v1/holds", $$"""{"from": "{{wallet}}", "amount": "1", "expiresAt": null}""", forever)).MustBe(403, "forbidden");
        (await server.SendAsync("POST", "/v1/holds", server.Main.Fill("""{"from": "$fees", "amount": "1"}"""), forever)).MustBe(403, "forbidden");
    }

    [Fact]
    public async Task A_hold_expires_by_itself_and_frees_what_remained()
    {
        var wallet = await WalletAsync("100.00");
        var hold = await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "10", "expiresInSeconds": 1}""");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await server.GetAsync($"/v1/holds/{hold}"))["status"] != "expired")
            Assert.True(await beat.WaitForNextTickAsync(patience.Token));
        Assert.Equal(("100.00", "0.00", "100.00"), await BalanceAsync(wallet));
        var expiry = (await server.GetAsync($"/v1/operations?account={wallet}&kind=hold_expired")).Json.GetProperty("items")[0];
        Assert.Equal(
            ("system", "expired", "10.00"),
            (
                expiry.GetProperty("actor").GetString(), expiry.GetProperty("hold").GetProperty("status").GetString(),
                expiry.GetProperty("hold").GetProperty("expired").GetString()));
        (await server.PostAsync($"/v1/holds/{hold}/capture", server.Main.Fill("""{"to": "$second"}"""))).MustBe(422, "hold_expired");
        (await server.PostAsync($"/v1/holds/{hold}/release", "{}")).MustBe(422, "hold_expired");
    }

    [Fact]
    public async Task An_answer_is_the_same_for_ever_and_what_the_operation_tells()
    {
        var wallet = await WalletAsync("100.00");
        var (key, body) = (server.NextName("hold"), $$"""{"from": "{{wallet}}", "amount": "10"}""");
        var placed = (await server.PostAsync("/v1/holds", body, key)).MustBe(201);
        var capture = (await server.PostAsync($"/v1/holds/{placed["id"]}/capture", """{"amount": "4", "to": "cash"}""", key + "-c")).MustBe(201);
        (await server.PostAsync($"/v1/holds/{placed["id"]}/release", "{}")).MustBe(201);
        var again = (await server.PostAsync("/v1/holds", body, key)).MustBe(201);
        Assert.Equal((true, placed.Text), (again.IsReplay, again.Text));
        Assert.Equal(capture.Text, (await server.PostAsync($"/v1/holds/{placed["id"]}/capture", """{"to": "cash", "amount": "4.00"}""", key + "-c")).MustBe(201).Text);
        Assert.Equal(placed.Text, (await server.GetAsync($"/v1/operations/{placed["id"]}")).Text);
        Assert.StartsWith(capture.Text[..^1], (await server.GetAsync($"/v1/operations/{capture["id"]}")).Text, StringComparison.Ordinal);
        (await server.PostAsync($"/v1/holds/{placed["id"]}/capture", """{"to": "cash", "amount": "5"}""", key + "-c")).MustBe(422, "key_reused");
        (await server.PostAsync("/v1/holds", body, "")).MustBe(400, "key_required");
    }

    [Fact]
    public async Task Holds_are_listed_by_account_customer_status_receiver_and_end()
    {
        var (wallet, shop) = (await WalletAsync("100.00"), await WalletAsync());
        var open = await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "1", "to": "{{shop}}"}""");
        var soon = await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "1", "expiresInSeconds": 3600}""");
        var released = await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "1"}""");
        (await server.PostAsync($"/v1/holds/{released}/release", "{}")).MustBe(201);
        async Task<IEnumerable<string>> Find(string filter) =>
            (await server.GetAsync("/v1/holds?" + filter)).MustBe(200).Json.GetProperty("items").EnumerateArray()
                .Select(hold => hold.GetProperty("id").GetString()!);
        Assert.Equal([released, soon, open], await Find($"account={wallet}"));
        Assert.Equal([open, soon], await Find($"account={wallet}&status=open&order=asc"));
        Assert.Equal([released], await Find($"account={wallet}&status=released"));
        Assert.Equal([open], await Find($"to={shop}"));
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Assert.Equal([soon], await Find($"account={wallet}&expiresBefore={tomorrow}"));
        Assert.Contains(open, await Find(server.Main.Fill("customer=$customer&limit=1000")), StringComparer.Ordinal);
        (await server.GetAsync("/v1/holds?status=lost")).MustBe(400, "invalid_query");
        (await server.GetAsync("/v1/holds?account=x")).MustBe(400, "invalid_query");
        var page = (await server.GetAsync($"/v1/holds?account={wallet}&limit=2")).MustBe(200);
        Assert.Equal([open], await Find($"account={wallet}&cursor={page["next"]}"));
    }

    [Fact]
    public async Task A_batch_does_everything_that_is_done_to_holds()
    {
        var wallet = await WalletAsync("100.00");
        var (one, two) = (await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "10"}"""), await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "10"}"""));
        var paid = (await server.PostAsync("/v1/deposits", $$"""{"wallet": "{{wallet}}", "amount": "5"}""")).MustBe(201)["id"];
        var body = $$"""
            {"operations": [
              {"kind": "hold", "from": "{{wallet}}", "amount": "1"},
              {"kind": "increase", "hold": "{{one}}", "by": "2"},
              {"kind": "extend", "hold": "{{one}}", "expiresInSeconds": 2000000},
              {"kind": "capture", "hold": "{{one}}", "amount": "3", "to": "cash"},
              {"kind": "release", "hold": "{{two}}"},
              {"kind": "reverse", "operation": "{{paid}}", "amount": "2"},
              {"kind": "release"},
              {"kind": "increase", "hold": "{{one}}", "by": "1", "amount": "5"},
              {"kind": "capture", "hold": "999999", "to": "cash"}]}
            """;
        var dry = (await server.PostAsync("/v1/batches?dryRun=true", body)).MustBe(200);
        var reply = (await server.PostAsync("/v1/batches", body, "holds-of-a-batch")).MustBe(200);
        var outcomes = reply.Json.GetProperty("outcomes").EnumerateArray().ToList();
        Assert.Equal([201, 201, 201, 201, 201, 201, 422, 422, 404], outcomes.Select(outcome => outcome.GetProperty("status").GetInt32()));
        Assert.Equal(
            outcomes.Select(outcome => outcome.GetProperty("status").GetInt32()),
            dry.Json.GetProperty("outcomes").EnumerateArray().Select(outcome => outcome.GetProperty("status").GetInt32()));
        Assert.Equal(
            ["hold", "hold_increased", "hold_extended", "capture", "hold_released", "reversal"],
            outcomes.Take(6).Select(outcome => outcome.GetProperty("body").GetProperty("kind").GetString()!));
        Assert.Equal(
            ["/hold", "/amount"],
            outcomes.Skip(6).Take(2)
                .Select(outcome => outcome.GetProperty("body").GetProperty("errors")[0].GetProperty("pointer").GetString()!));
        Assert.Equal(reply.Text, (await server.PostAsync("/v1/batches", body, "holds-of-a-batch")).Text);
        Assert.Equal(("100.00", "10.00", "90.00"), await BalanceAsync(wallet));
    }

    [Fact]
    public async Task A_dry_run_tells_no_number_of_what_is_not_there()
    {
        var wallet = await WalletAsync("100.00");
        var placed = (await server.PostAsync("/v1/holds?dryRun=true", $$"""{"from": "{{wallet}}", "amount": "10"}""")).MustBe(201);
        Assert.False(placed.Json.TryGetProperty("id", out _));
        Assert.False(placed.Json.GetProperty("hold").TryGetProperty("id", out _));
        Assert.Equal(JsonValueKind.Null, placed.Json.GetProperty("holds")[0].GetProperty("hold").ValueKind);
        Assert.Equal(("100.00", "0.00", "100.00"), await BalanceAsync(wallet));
        var hold = await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "10"}""");
        var capture = (await server.PostAsync($"/v1/holds/{hold}/capture?dryRun=true", """{"amount": "1", "to": "cash"}""")).MustBe(201);
        Assert.Equal(hold, capture.Json.GetProperty("hold").GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, capture.Json.GetProperty("hold").GetProperty("captures")[0].GetProperty("operation").ValueKind);
        Assert.Equal("[]", (await server.GetAsync($"/v1/holds/{hold}"))["captures"]);
    }

    [Fact]
    public async Task A_hundred_captures_and_releases_of_one_hold_take_it_once()
    {
        var (wallet, shop) = (await WalletAsync("100.00"), await WalletAsync());
        var hold = await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "50", "expiresInSeconds": 3}""");
        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(index => index % 2 == 0
            ? server.PostAsync($"/v1/holds/{hold}/capture", $$"""{"amount": "0.80", "to": "{{shop}}"}""")
            : server.PostAsync($"/v1/holds/{hold}/release", """{"amount": "0.70"}""")));
        Assert.All(
            replies,
            reply =>
                Assert.True(
                    reply.Status == 201
                        || reply.Code is "hold_closed" or "hold_expired" or "capture_exceeds_hold" or "release_exceeds_hold",
                    reply.Text));
        var now = (await server.GetAsync($"/v1/holds/{hold}")).Json;
        decimal Of(string name) => decimal.Parse(now.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal(50.00m, Of("captured") + Of("released") + Of("expired") + Of("remaining"));
        Assert.Equal(0.80m * replies.Count(reply => reply.Status == 201 && reply["kind"] == "capture"), Of("captured"));
        var (posted, held, _) = await BalanceAsync(wallet);
        Assert.Equal(
            (100.00m - Of("captured"), Of("remaining")),
            (decimal.Parse(posted, CultureInfo.InvariantCulture), decimal.Parse(held, CultureInfo.InvariantCulture)));
        Assert.Equal(Of("captured"), decimal.Parse((await BalanceAsync(shop)).Posted, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_hundred_captures_of_all_of_a_hold_are_one()
    {
        var wallet = await WalletAsync("100.00");
        var hold = await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "50"}""");
        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.PostAsync($"/v1/holds/{hold}/capture", """{"to": "cash"}""")));
        Assert.Single(replies, reply => reply.Status == 201);
        Assert.Equal(99, replies.Count(reply => reply.Code == "hold_closed"));
        Assert.Equal(("50.00", "0.00", "50.00"), await BalanceAsync(wallet));
    }

    [Fact]
    public async Task A_hold_is_captured_a_thousand_times_and_no_more()
    {
        var (wallet, shop) = (await WalletAsync("100.00"), await WalletAsync());
        var hold = await PlaceAsync($$"""{"from": "{{wallet}}", "amount": "20"}""");
        var item = $$"""{"kind": "capture", "hold": "{{hold}}", "amount": "0.01", "to": "{{shop}}"}""";
        for (var batch = 0; batch < 10; batch++)
            (await server.PostAsync("/v1/batches", $$"""{"atomic": true, "operations": [{{string.Join(',', Enumerable.Repeat(item, 100))}}]}""")).MustBe(200);
        (await server.PostAsync($"/v1/holds/{hold}/capture", $$"""{"amount": "0.01", "to": "{{shop}}"}""")).MustBe(422, "too_many_captures");
        Assert.Equal(1_000, (await server.GetAsync($"/v1/holds/{hold}")).Json.GetProperty("captures").GetArrayLength());
        (await server.PostAsync($"/v1/holds/{hold}/release", "{}")).MustBe(201);
    }

    static (string Status, string Captured, string Remaining) Stand(JsonElement hold) =>
        (hold.GetProperty("status").GetString()!, hold.GetProperty("captured").GetString()!, hold.GetProperty("remaining").GetString()!);

    async Task<string> PlaceAsync(string body) => (await server.PostAsync("/v1/holds", body)).MustBe(201)["id"];

    async Task<string> WalletAsync(string? balance = null, string currency = "EUR")
    {
        var wallet = (await server.PostAsync(server.Main.Fill("/v1/customers/$customer/wallets"), $$"""{"currency": "{{currency}}"}""")).MustBe(201)["id"];
        if (balance is not null)
            (await server.PostAsync("/v1/deposits", $$"""{"wallet": "{{wallet}}", "amount": "{{balance}}"}""")).MustBe(201);
        return wallet;
    }

    async Task<(string Posted, string Held, string Available)> BalanceAsync(string wallet)
    {
        var account = (await server.GetAsync($"/v1/wallets/{wallet}")).MustBe(200);
        return (account["posted"], account["held"], account["available"]);
    }

    Task<string> KeyAsync(Ledger.Commands.Scopes scope) =>
        server.MakeKeyAsync(server.BookOf(server.Main.Key), server.NextName("teller"), scope);
}
