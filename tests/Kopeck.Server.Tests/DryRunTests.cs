using System.Text.Json;

namespace Kopeck.Server.Tests;

/// <summary>A dry run tells no number of what is not there, and those of what is.</summary>
public sealed class DryRunTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_dry_batch_tells_no_number_of_an_account_that_an_earlier_item_would_open(string atomic)
    {
        var seed = server.Main;
        var wallet = (await server.PostAsync($"/v1/customers/{seed["customer"]}/wallets", """{"currency": "SEK"}""")).MustBe(201)["id"];
        var item = $$"""{"kind": "deposit", "wallet": "{{wallet}}", "amount": "1"}""";
        var reply = (await server.PostAsync("/v1/batches?dryRun=true", $$"""{"atomic": {{atomic}}, "operations": [{{item}}, {{item}}, {{item}}]}""")).MustBe(200);
        foreach (var outcome in reply.Json.GetProperty("outcomes").EnumerateArray())
            Assert.Equal([null, wallet], Accounts(outcome.GetProperty("body")));
    }

    [Fact]
    public async Task A_dry_run_of_what_was_done_shows_the_system_accounts_that_it_used()
    {
        var seed = server.Main;
        var wallet = (await server.PostAsync($"/v1/customers/{seed["customer"]}/wallets", """{"currency": "NOK"}""")).MustBe(201)["id"];
        var body = $$"""{"wallet": "{{wallet}}", "amount": "1"}""";
        var done = (await server.PostAsync("/v1/deposits", body, "dry-replay")).MustBe(201);
        var dry = (await server.PostAsync("/v1/deposits?dryRun=true", body, "dry-replay")).MustBe(201);
        Assert.True(dry.IsReplay);
        Assert.All(Accounts(done.Json), Assert.NotNull);
        Assert.Equal(Accounts(done.Json), Accounts(dry.Json));
        Assert.False(dry.Json.TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Metadata_that_are_empty_and_were_absent_change_nothing()
    {
        var seed = server.Main;
        var before = await server.HeadAsync(server.BookOf(seed.Key));
        var plain = (await server.PostAsync("/v1/customers", """{"name": "Plain", "country": "DE", "city": "Bonn"}""")).MustBe(201)["id"];
        var head = await server.HeadAsync(server.BookOf(seed.Key));
        Assert.NotEqual(before, head);
        foreach (var body in new[] { """{"metadata": {}}""", """{"metadata": null}""" })
            Assert.Equal(200, (await server.SendAsync("PATCH", $"/v1/customers/{plain}", body, seed.Key)).Status);
        Assert.Equal(head, await server.HeadAsync(server.BookOf(seed.Key)));
    }

    static string?[] Accounts(JsonElement operation) =>
        [
            .. operation.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("account").GetString())
                .Order(StringComparer.Ordinal)];
}
