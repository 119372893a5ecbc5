using System.Globalization;
using System.Text.Json.Nodes;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>
/// Everything at one hold, and all parts of one reversal, at once: through two nodes of which one is killed in the middle.
/// </summary>
public sealed class HoldRaceTests
{
    const int Requests = 100;

    static readonly string[] OfHolds = ["hold_expired", "hold_closed", "capture_exceeds_hold", "release_exceeds_hold"];
    static readonly string[] OfReversals = ["reversal_exceeds", "already_reversed"];

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task Captures_releases_and_the_expiry_of_one_hold_have_one_end_that_every_answer_agrees_with(StorageEngine engine)
    {
        var random = new Random(TestSeed.Next());
        using var place = await ILedgerPlace.NewAsync(engine);
        var one = await Server.StartAsync(place);
        await using var two = await Server.StartAsync(place);
        for (var round = 0; round < TestSeed.Times(1, atMost: 20); round++)
        {
            var (wallet, shop) = (await two.OpenWalletAsync("EUR", "200"), await two.OpenWalletAsync("EUR", "0"));

            // More or less than all the captures together: something expires, or some of them come too late.
            var authorised = random.Next(50, 200);
            var placed = await one.PostAsync(
                "/v1/holds", $$"""{"from":"{{wallet}}","amount":"{{authorised}}","to":"{{shop}}","expiresInSeconds":8}""", $"hold-{round}");
            Assert.Equal(201, placed.Status);
            var hold = placed.Json["id"]!.GetValue<string>();
            var race = new KeyedRace();
            var first = race.SendAsync(OnHold(hold, $"first-{round}", random), one, two);
            await race.AnsweredAsync(random.Next(5, 25));
            one.Kill();
            await first;
            await one.DisposeAsync();
            one = await Server.StartAsync(place);

            // The rest arrives with the expiry.
            var end = DateTimeOffset.Parse(placed.Json["hold"]!["expiresAt"]!.GetValue<string>(), CultureInfo.InvariantCulture);
            var near = end.AddMilliseconds(-random.Next(100));
            await Checks.EventuallyAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() >= near), "the hold's end is near");
            await race.SendAsync(OnHold(hold, $"second-{round}", random), one, two);
            await Checks.EventuallyAsync(
                async () => Text((await two.GetAsync("/v1/holds/" + hold)).Json, "status") != "open", "the hold is closed");
            await AssertOneEndAsync(hold, (wallet, 200), shop, race, one, two);
        }

        await one.DisposeAsync();
        Ledgers.Verify(place);
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite, "EUR")]
    [InlineData(StorageEngine.Sqlite, "JPY")]
    [InlineData(StorageEngine.Postgres, "EUR")]
    [InlineData(StorageEngine.Postgres, "JPY")]
    public async Task Partial_reversals_of_one_operation_never_take_more_than_it_moved_and_every_answer_agrees(
        StorageEngine engine, string currency)
    {
        var random = new Random(TestSeed.Next());
        using var place = await ILedgerPlace.NewAsync(engine);
        var one = await Server.StartAsync(place);
        await using var two = await Server.StartAsync(place);
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(200, (await two.SendAsync(HttpMethod.Put, "/v1/quotes/" + today, """{"JPY":"0.0061"}""", null)).Status);
        for (var round = 0; round < TestSeed.Times(1, atMost: 20); round++)
        {
            var (payer, payee) = (await two.OpenWalletAsync("EUR", "100"), await two.OpenWalletAsync(currency, "0"));
            var transfer = await one.PostAsync(
                "/v1/transfers", $$"""{"from":"{{payer}}","to":"{{payee}}","amount":"100","currency":"EUR"}""", $"transfer-{round}");
            Assert.Equal(201, transfer.Status);
            var original = Text(transfer.Json, "id");
            var race = new KeyedRace();
            var sending = race.SendAsync(Reversals(original, $"reverse-{round}", random), one, two);
            await race.AnsweredAsync(random.Next(10, 60));
            one.Kill();
            await sending;
            await one.DisposeAsync();
            one = await Server.StartAsync(place);
            await AssertCappedAsync(original, payer, payee, race, one, two);
        }

        await one.DisposeAsync();
        Ledgers.Verify(place);
    }

    static async Task AssertOneEndAsync(string hold, (string Id, decimal Had) wallet, string shop, KeyedRace race, Server one, Server two)
    {
        var state = await two.GetAsync("/v1/holds/" + hold);
        Assert.Equal(state, await one.GetAsync("/v1/holds/" + hold));
        var done = race.Outcomes.Where(outcome => outcome.Status == 201).ToList();
        Assert.All(race.Outcomes.Where(outcome => outcome.Status != 201), outcome => Assert.Contains(Code(outcome.Body), OfHolds));
        decimal Sum(string kind) =>
            done.Where(outcome => Text(outcome.Body, "kind") == kind).Sum(outcome => -Decimal(outcome.Body["holds"]![0]!, "change"));
        var (captured, released, expired) = (Sum("capture"), Sum("hold_released"), Decimal(state.Json, "expired"));
        Console.WriteLine($"{done.Count} of {race.Outcomes.Count} done: {captured} captured, {released} released, {expired} expired");
        Assert.Equal((captured, released), (Decimal(state.Json, "captured"), Decimal(state.Json, "released")));
        Assert.Equal(0m, Decimal(state.Json, "remaining"));
        Assert.Equal(Decimal(state.Json, "authorised"), captured + released + expired);
        Assert.Equal(
            done.Where(outcome => Text(outcome.Body, "kind") == "capture").Select(outcome => Decimal(outcome.Body, "id")).Order(),
            state.Json["captures"]!.AsArray().Select(capture => Decimal(capture!, "operation")));

        var journal = await AssertWrittenAsync(race, one);
        Assert.Equal((wallet.Had - captured, captured), (journal.BalanceOf(wallet.Id), journal.BalanceOf(shop)));
        var account = (await one.GetAsync("/v1/wallets/" + wallet.Id)).Json;
        Assert.Equal((wallet.Had - captured, 0m), (Decimal(account, "available"), Decimal(account, "held")));
        await race.AssertReplaysAsync(one);
        Assert.Equal(state, await one.GetAsync("/v1/holds/" + hold));
    }

    static async Task AssertCappedAsync(string original, string payer, string payee, KeyedRace race, Server one, Server two)
    {
        var done = race.Outcomes.Where(outcome => outcome.Status == 201).ToList();
        Assert.All(race.Outcomes.Where(outcome => outcome.Status != 201), outcome => Assert.Contains(Code(outcome.Body), OfReversals));
        var back = done.Sum(outcome => Decimal(outcome.Body["reverses"]!, "amount"));
        Console.WriteLine($"{done.Count} of {race.Outcomes.Count} done: {back} taken back");
        Assert.True(back is > 0 and <= 100 && done.Count < race.Outcomes.Count);
        var journal = await AssertWrittenAsync(race, one);
        Assert.Equal(back, journal.BalanceOf(payer));
        var told = await two.GetAsync("/v1/operations/" + original);
        Assert.Equal(told, await one.GetAsync("/v1/operations/" + original));
        Assert.Equal(100 - back, told.Json["reversible"] is JsonObject left ? Decimal(left, "amount") : 0);
        await race.AssertReplaysAsync(one);

        // All that remains: as if it had never been.
        if (back < 100)
            Assert.Equal(201, (await two.PostAsync($"/v1/operations/{original}/reverse", "{}", "rest-" + original)).Status);
        Assert.Equal("100.00", await one.PostedAsync(payer));
        Assert.Equal(0m, decimal.Parse(await one.PostedAsync(payee), CultureInfo.InvariantCulture));
    }

    /// <summary>What was accepted is in the journal once, as it was answered; what was refused is not.</summary>
    static async Task<Journal> AssertWrittenAsync(KeyedRace race, Server server)
    {
        var journal = await Journal.ReadAsync(server);
        journal.AssertLaws();
        foreach (var (key, status, body) in race.Outcomes)
        {
            if (status != 201)
            {
                Assert.Empty(journal.EffectsOf(key));
                continue;
            }

            var written = Assert.Single(journal.EffectsOf(key));
            var json = JsonNode.Parse(written.Text)!;
            foreach (var member in new[] { "id", "kind", "at", "hash" })
                Assert.Equal(Text(body, member), Text(json, member));
            Assert.True(JsonNode.DeepEquals(body["entries"], json["entries"]), written.Text);
            Assert.True(JsonNode.DeepEquals(body["holds"], json["holds"]), written.Text);
        }

        return journal;
    }

    // Half of the requests: singly, and three to a batch.
    static List<Sent> OnHold(string hold, string name, Random random) =>
    [
        .. Enumerable.Range(0, Requests / 2).Select(index =>
        {
            var key = $"{name}-{index.ToString(CultureInfo.InvariantCulture)}";
            return random.Next(8) switch
            {
                0 => new Sent(key, $"/v1/holds/{hold}/release", """{"amount":"1"}"""),
                1 => Batch(key, Enumerable.Range(0, 3).Select(_ => random.Next(4) == 0 ? "release" : "capture")
                    .Select(kind => $$"""{"kind":"{{kind}}","hold":"{{hold}}","amount":"0.50","key":"KEY"}""")),
                _ => new Sent(key, $"/v1/holds/{hold}/capture", $$"""{"amount":"{{random.Next(1, 3)}}.01"}"""),
            };
        }),
    ];

    static List<Sent> Reversals(string original, string name, Random random) =>
    [
        .. Enumerable.Range(0, Requests).Select(index =>
        {
            var key = $"{name}-{index.ToString(CultureInfo.InvariantCulture)}";
            return random.Next(6) == 0
                ? Batch(key, Enumerable.Repeat(
                    $$"""{"kind":"reverse","operation":"{{original}}","amount":"1.03","currency":"EUR","key":"KEY"}""", 3))
                : new Sent(key, $"/v1/operations/{original}/reverse", $$"""{"amount":"{{random.Next(1, 4)}}.07","currency":"EUR"}""");
        }),
    ];

    static Sent Batch(string key, IEnumerable<string> items)
    {
        var keyed = items.Select((item, place) =>
            item.Replace("KEY", $"{key}-item-{place.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
        return new Sent(key, "/v1/batches", $$"""{"atomic":false,"operations":[{{string.Join(',', keyed)}}]}""");
    }

    static string Code(JsonNode problem) => Text(problem, "code");

    static string Text(JsonNode json, string member) => json[member]!.GetValue<string>();

    static decimal Decimal(JsonNode json, string member) => decimal.Parse(Text(json, member), CultureInfo.InvariantCulture);
}
