using System.Text.Json;

namespace Kopeck.Server.Tests;

/// <summary>One key, one effect, one answer, byte for byte; and dry runs that leave nothing.</summary>
public sealed class ReplayTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    static readonly string[] NotInDryRuns = ["group", "hash", "asOf", "operation", "head"];

    public static TheoryData<string, string> Mutations { get; } = new(
        ApiCall.All.Where(
            call => call.IsMutation && call.Scope != "operator" && !call.Path.StartsWith("/v1/keys", StringComparison.Ordinal))
            .Select(call => (call.Method, call.Path)));

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task A_dry_run_a_first_and_a_second_sending(string method, string path)
    {
        var call = ApiCall.All.Single(other => other.Method == method && other.Path == path);
        var seed = await Seed.PlantAsync(server, await server.OpenBookAsync(server.NextName("replays")), 0);
        var book = server.BookOf(seed.Key);
        var key = server.NextName("\"quoted") + "\"";
        var body = call.ValidBody is { } shape ? seed.Fill(shape) : null;
        Task<Reply> Send(string query = "", string? other = null, string? idempotencyKey = null) =>
            server.SendAsync(call.Method, call.Fill(seed) + query, other ?? body, seed.Key, idempotencyKey ?? key);

        var before = await server.HeadAsync(book);
        var dry = await Send("?dryRun=true");
        Assert.True(dry.Status is 200 or 201, dry.Text);
        Assert.Equal(before, await server.HeadAsync(book));

        var first = await Send();
        Assert.Equal(dry.Status, first.Status);
        Assert.False(first.IsReplay);
        var after = await server.HeadAsync(book);
        var isUnchanged = call.Path.EndsWith("/unfreeze", StringComparison.Ordinal);
        Assert.Equal(isUnchanged, after == before);
        Assert.Empty(Names(dry.Json).Intersect(NotInDryRuns, StringComparer.Ordinal));
        Assert.Equal(
            Names(first.Json).Except([.. NotInDryRuns, "id"], StringComparer.Ordinal),
            Names(dry.Json).Except(["id"], StringComparer.Ordinal), StringComparer.Ordinal);

        foreach (var again in new[] { key, key.Trim('"') })
        {
            var replay = await Send(idempotencyKey: again);
            Assert.Equal(
                (first.Status, first.Text, first.Headers["Content-Type"]), (replay.Status, replay.Text, replay.Headers["Content-Type"]));
            Assert.Equal(!isUnchanged, replay.IsReplay);
        }

        Assert.Equal(after, await server.HeadAsync(book));
        if (isUnchanged)
            return;
        (await server.SendAsync("POST", "/v1/deposits", seed.Fill("""{"wallet": "$wallet", "amount": "77"}"""), seed.Key, key)).MustBe(422, "key_reused");
        (await server.SendAsync("POST", "/v1/deposits?dryRun=true", seed.Fill("""{"wallet": "$wallet", "amount": "77"}"""), seed.Key, key)).MustBe(422, "key_reused");
    }

    [Fact]
    public async Task The_same_body_written_otherwise_is_the_same_request()
    {
        var key = server.NextName("same");
        var first = (await server.PostAsync("/v1/deposits", server.Main.Fill("""{"wallet": "$wallet", "amount": "1.50"}"""), key)).MustBe(201);
        var second = (await server.PostAsync("/v1/deposits", server.Main.Fill("""  {"amount" : 1.5, "description": null, "\u0077allet":"$wallet"}  """), key)).MustBe(201);
        Assert.Equal(first.Text, second.Text);
        Assert.True(second.IsReplay);
    }

    [Fact]
    public async Task A_hundred_requests_with_one_key_have_one_effect_and_one_answer()
    {
        var before = await server.HeadAsync(server.BookOf(server.Main.Key));
        var key = server.NextName("race");
        var body = server.Main.Fill("""{"wallet": "$wallet", "amount": "0.01"}""");
        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.PostAsync("/v1/deposits", body, key)));
        Assert.Single(replies.Select(reply => (reply.Status, reply.Text)).Distinct());
        Assert.Equal(201, replies[0].Status);
        Assert.Equal(99, replies.Count(reply => reply.IsReplay));
        Assert.Equal(before.Number + 1, (await server.HeadAsync(server.BookOf(server.Main.Key))).Number);
    }

    [Fact]
    public async Task A_rejected_request_leaves_its_key_free()
    {
        var key = server.NextName("free");
        (await server.PostAsync("/v1/withdrawals", server.Main.Fill("""{"wallet": "$dollar", "amount": "5"}"""), key)).MustBe(422, "insufficient_funds");
        (await server.PostAsync("/v1/deposits", server.Main.Fill("""{"wallet": "$dollar", "amount": "5"}"""), key)).MustBe(201);
        (await server.PostAsync("/v1/withdrawals", server.Main.Fill("""{"wallet": "$dollar", "amount": "5"}"""), key)).MustBe(422, "key_reused");
    }

    [Fact]
    public async Task A_replay_of_a_registration_after_erasure_is_redacted()
    {
        var key = server.NextName("erased");
        const string Body = """{"name": "Secret Person", "country": "FR", "city": "Lyon", "code": "hidden", "currency": "EUR"}""";
        var id = (await server.PostAsync("/v1/customers", Body, key)).MustBe(201)["id"];
        (await server.SendAsync("DELETE", $"/v1/customers/{id}/personal-data", null, server.Main.Key)).MustBe(200);
        var replay = (await server.PostAsync("/v1/customers", Body, key)).MustBe(201);
        Assert.True(replay.IsReplay);
        Assert.Equal(id, replay["id"]);
        Assert.DoesNotContain("Secret", replay.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Lyon", replay.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", replay.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_answers_each_item_in_its_place_and_a_replay_decides_the_rejected_anew()
    {
        var seed = server.Main;
        var key = server.NextName("batch");
        var own = server.NextName("own");
        var body = seed.Fill($$"""{"operations": [{"kind": "deposit", "key": "{{own}}", "wallet": "$wallet", "amount": "3"}, {"kind": "deposit", "wallet": "$wallet", "amount": "x", "y": 1}, 5, {"kind": "loan"}, {"kind": "withdrawal", "wallet": "$yen", "amount": "7"}, {"kind": "transfer", "from": "$wallet", "to": "$second", "amount": "1"}]}""");
        var first = (await server.PostAsync("/v1/batches", body, key)).MustBe(200);
        var outcomes = first.Json.GetProperty("outcomes").EnumerateArray().ToList();
        Assert.Equal([201, 422, 422, 422, 422, 201], outcomes.Select(outcome => outcome.GetProperty("status").GetInt32()));
        Assert.Equal(
            ["/amount", "/y"],
            outcomes[1].GetProperty("body").GetProperty("errors").EnumerateArray()
                .Select(error => error.GetProperty("pointer").GetString()!),
            StringComparer.Ordinal);
        Assert.Equal("insufficient_funds", outcomes[4].GetProperty("body").GetProperty("code").GetString());
        Assert.Equal(own, outcomes[0].GetProperty("body").GetProperty("key").GetString());

        (await server.PostAsync("/v1/deposits", seed.Fill("""{"wallet": "$yen", "amount": "7"}"""))).MustBe(201);
        var second = (await server.PostAsync("/v1/batches", body, key)).MustBe(200).Json.GetProperty("outcomes").EnumerateArray().ToList();
        Assert.Equal([201, 422, 422, 422, 201, 201], second.Select(outcome => outcome.GetProperty("status").GetInt32()));
        Assert.Equal(outcomes[0].GetRawText(), second[0].GetRawText());
        Assert.Equal(outcomes[5].GetRawText(), second[5].GetRawText());
    }

    [Fact]
    public async Task A_batchs_own_key_is_used_up_by_the_first_item_that_is_done_whatever_keys_the_items_have()
    {
        var seed = server.Main;
        var (key, one, two) = (server.NextName("batch"), server.NextName("one"), server.NextName("two"));
        Task<Reply> Send(string items, string atomic = "false", string? other = null) => server.PostAsync(
            "/v1/batches", seed.Fill($$"""{"atomic": {{atomic}}, "operations": [{{items}}]}"""), other ?? key);
        var first = $$"""{"kind": "deposit", "key": "{{one}}", "wallet": "$wallet", "amount": "3"}""";
        var second = $$"""{"kind": "deposit", "key": "{{two}}", "wallet": "$wallet", "amount": "4"}""";
        const string Poor = """{"kind": "withdrawal", "wallet": "$yen", "amount": "70000000"}""";
        // Nothing is done: the key is free for other contents.
        (await Send(Poor)).MustBe(200);
        var done = (await Send($"{first}, {second}, {Poor}")).MustBe(200);
        foreach (var other in new[] { first, $"{second}, {first}, {Poor}", $"{first}, {second}", $"{first}, {Poor}, {second}", Poor })
            (await Send(other)).MustBe(422, "key_reused");
        (await Send($"{first}, {second}, {Poor}", atomic: "true")).MustBe(422, "key_reused");
        (await server.PostAsync("/v1/deposits", seed.Fill("""{"wallet": "$wallet", "amount": "3"}"""), key)).MustBe(422, "key_reused");
        Assert.Equal(done.Text, (await Send($"{first}, {second}, {Poor}")).MustBe(200).Text);
        // The items' own keys are theirs, in whatever they are sent.
        Assert.True((await server.PostAsync("/v1/deposits", seed.Fill("""{"wallet": "$wallet", "amount": "4"}"""), two)).MustBe(201).IsReplay);
        (await Send(first, other: server.NextName("batch"))).MustBe(200);
        (await Send(first, other: one)).MustBe(422, "key_reused");
    }

    [Fact]
    public async Task An_item_that_brings_the_batchs_key_is_as_one_that_brings_none()
    {
        var seed = server.Main;
        var key = server.NextName("batch");
        var body = seed.Fill($$"""{"operations": [{"kind": "deposit", "key": "{{key}}", "wallet": "$wallet", "amount": "3"}, {"kind": "deposit", "wallet": "$wallet", "amount": "4"}]}""");
        var first = (await server.PostAsync("/v1/batches", body, key)).MustBe(200);
        Assert.Equal(
            [key + "#0", key + "#1"],
            first.Json.GetProperty("outcomes").EnumerateArray().Select(item => item.GetProperty("body").GetProperty("key").GetString()!),
            StringComparer.Ordinal);
        Assert.Equal(first.Text, (await server.PostAsync("/v1/batches", body, key)).MustBe(200).Text);
        (await server.PostAsync("/v1/deposits", seed.Fill("""{"wallet": "$wallet", "amount": "3"}"""), key)).MustBe(422, "key_reused");
    }

    [Fact]
    public async Task An_atomic_batch_names_the_first_item_that_failed_and_why()
    {
        var seed = server.Main;
        var before = await server.HeadAsync(server.BookOf(seed.Key));
        var reply = await server.PostAsync("/v1/batches", seed.Fill("""{"atomic": true, "operations": [{"kind": "deposit", "wallet": "$wallet", "amount": "3"}, {"kind": "withdrawal", "wallet": "$pound", "amount": "7"}]}"""));
        reply.MustBe(422, "batch_aborted");
        Assert.Equal(1, reply.Json.GetProperty("item").GetInt32());
        Assert.Equal("insufficient_funds", reply.Json.GetProperty("cause").GetProperty("code").GetString());
        Assert.Equal(before, await server.HeadAsync(server.BookOf(seed.Key)));

        var key = server.NextName("atomic");
        var good = seed.Fill("""{"atomic": true, "operations": [{"kind": "deposit", "wallet": "$second", "amount": "3"}, {"kind": "withdrawal", "wallet": "$second", "amount": "2"}]}""");
        var first = (await server.PostAsync("/v1/batches", good, key)).MustBe(200);
        var again = (await server.PostAsync("/v1/batches", good, key)).MustBe(200);
        Assert.Equal(first.Text, again.Text);
        Assert.True(again.IsReplay);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_with_other_contents_under_the_same_key_is_key_reused_and_does_nothing(bool atomic)
    {
        var seed = server.Main;
        var key = server.NextName("contents");
        var own = server.NextName("item");
        string Batch(bool isAtomic, params string[] items) => seed.Fill($$"""{"atomic": {{(isAtomic ? "true" : "false")}}, "operations": [{{string.Join(", ", items)}}]}""");
        const string One = """{"kind": "deposit", "wallet": "$wallet", "amount": "1"}""";
        const string Two = """{"kind": "deposit", "wallet": "$second", "amount": "2"}""";
        var mine = $$"""{"kind": "deposit", "key": "{{own}}", "wallet": "$wallet", "amount": "3"}""";
        var first = (await server.PostAsync("/v1/batches", Batch(atomic, One, Two, mine), key)).MustBe(200);
        var head = await server.HeadAsync(server.BookOf(seed.Key));
        foreach (var other in new[]
        {
            Batch(atomic, One, Two),
            Batch(atomic, One, Two, mine, One),
            Batch(atomic, Two, One, mine),
            Batch(atomic, One, Two.Replace("2", "2.01", StringComparison.Ordinal), mine),
            Batch(atomic, One, Two, mine.Replace("3", "4", StringComparison.Ordinal)),
            Batch(atomic, One, Two, mine.Replace(own, own + "-other", StringComparison.Ordinal)),
            Batch(atomic, One, Two, "5"),
            Batch(!atomic, One, Two, mine),
        })
        {
            (await server.PostAsync("/v1/batches", other, key)).MustBe(422, "key_reused");
            (await server.PostAsync("/v1/batches?dryRun=true", other, key)).MustBe(422, "key_reused");
        }

        var written = Batch(atomic, One, Two, mine).Replace(": ", " :  ", StringComparison.Ordinal)
            .Replace("\"2\"", "2.00", StringComparison.Ordinal);
        Assert.Equal(first.Text, (await server.PostAsync("/v1/batches", written, key)).MustBe(200).Text);
        Assert.True((await server.PostAsync("/v1/deposits", seed.Fill("""{"wallet": "$wallet", "amount": "3"}"""), own)).MustBe(201).IsReplay);
        Assert.Equal(head, await server.HeadAsync(server.BookOf(seed.Key)));
    }

    [Fact]
    public async Task A_batch_under_the_key_of_a_single_request_or_a_single_request_under_that_of_an_item_is_key_reused()
    {
        var key = server.NextName("single");
        const string Batch = """{"operations": [{"kind": "deposit", "wallet": "$wallet", "amount": "1"}]}""";
        (await server.PostAsync("/v1/deposits", server.Main.Fill("""{"wallet": "$wallet", "amount": "1"}"""), key)).MustBe(201);
        (await server.PostAsync("/v1/batches", server.Main.Fill(Batch), key)).MustBe(422, "key_reused");

        var batch = server.NextName("items");
        (await server.PostAsync("/v1/batches", server.Main.Fill(Batch), batch)).MustBe(200);
        (await server.PostAsync("/v1/deposits", server.Main.Fill("""{"wallet": "$wallet", "amount": "1"}"""), batch + "#0")).MustBe(422, "key_reused");

        // An item that brings the batch's key as its own is no other request.
        var same = server.NextName("same-key");
        var body = server.Main.Fill($$"""{"operations": [{"kind": "deposit", "key": "{{same}}", "wallet": "$wallet", "amount": "1"}, {"kind": "deposit", "wallet": "$wallet", "amount": "2"}]}""");
        var first = (await server.PostAsync("/v1/batches", body, same)).MustBe(200);
        Assert.Equal(first.Text, (await server.PostAsync("/v1/batches", body, same)).MustBe(200).Text);
    }

    static List<string> Names(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];
}
