using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Kopeck.Server.Tests;

/// <summary>The journal as server-sent events.</summary>
public sealed class FeedTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Every_operation_after_a_number_comes_with_its_number_as_id_then_what_is_written()
    {
        var seed = server.Main;
        var head = (await server.HeadAsync(server.BookOf(seed.Key))).Number;
        var whole = (await server.GetAsync("/v1/operations?order=asc&limit=1000")).Json.GetProperty("items").EnumerateArray()
            .Select(item => item.GetRawText()).ToList();
        using var feed = await OpenAsync("/v1/journal", null);
        var events = await feed.TakeAsync((int)head);
        Assert.Equal(Enumerable.Range(1, (int)head).Select(number => (long)number), events.Select(found => found.Id));
        Assert.Equal(whole, events.Select(found => found.Data), StringComparer.Ordinal);
        using var late = await OpenAsync(string.Create(CultureInfo.InvariantCulture, $"/v1/journal?after={head}"), null);
        var deposit = (await server.PostAsync("/v1/deposits", seed.Fill("""{"wallet": "$wallet", "amount": "1"}"""))).MustBe(201);
        Assert.Equal([(head + 1, deposit.Text)], await late.TakeAsync(1));
        Assert.Equal([(head + 1, deposit.Text)], await feed.TakeAsync(1));
    }

    [Fact]
    public async Task A_client_that_comes_back_goes_on_after_the_last_event_it_had()
    {
        using var feed = await OpenAsync("/v1/journal?after=2", "5");
        Assert.Equal([6L, 7L], (await feed.TakeAsync(2)).Select(found => found.Id));
    }

    [Fact]
    public async Task With_leaves_whoever_reads_can_compute_each_hash_from_the_one_before_it()
    {
        var head = (await server.HeadAsync(server.BookOf(server.Main.Key))).Number;
        using var feed = await OpenAsync("/v1/journal?leaves=true", null);
        var previous = new byte[32];
        foreach (var (_, data) in await feed.TakeAsync((int)head))
        {
            var operation = JsonDocument.Parse(data).RootElement;
            var leaves = operation.GetProperty("leaves").EnumerateArray().Select(leaf => Convert.FromHexString(leaf.GetString()!)).ToList();
            Assert.Equal(2 + operation.GetProperty("entries").GetArrayLength(), leaves.Count);
            previous = SHA256.HashData([.. "kopeck-operation-2"u8, .. previous, .. leaves.SelectMany(leaf => leaf)]);
            Assert.Equal(operation.GetProperty("hash").GetString(), Convert.ToHexStringLower(previous));
        }

        using var without = await OpenAsync("/v1/journal?leaves=false", null);
        Assert.DoesNotContain("leaves", (await without.TakeAsync(1))[0].Data, StringComparison.Ordinal);
        Assert.Equal("leaves:bad_value", (await server.GetAsync("/v1/journal?leaves=perhaps")).MustBe(400, "invalid_query").Errors);
    }

    [Fact]
    public async Task Bad_places_are_refused_and_answers_are_events_only()
    {
        foreach (var (path, errors)
            in new[]
            {
                ("/v1/journal?after=x", "after:bad_value"),
                ("/v1/journal?after=-1", "after:bad_value"),
                ("/v1/journal?after=", "after:bad_value"),
                ("/v1/journal?after=999999", "after:in_the_future"),
                ("/v1/journal?limit=5", "limit:unknown_parameter"),
                ("/v1/journal?after=1&after=2", "after:repeated")
            })
            Assert.Equal(errors, (await server.GetAsync(path)).MustBe(400, "invalid_query").Errors);
        foreach (var (last, errors) in new[] { ("abc", "Last-Event-ID:bad_value"), ("999999", "Last-Event-ID:in_the_future") })
        {
            var refused = (
                await server.SendAsync(
                    "GET", "/v1/journal?after=1", null, server.Main.Key, change: request => request.Headers.Add("Last-Event-ID", last)))
                .MustBe(400, "invalid_query");
            Assert.Equal(errors, refused.Errors);
            Assert.Contains("Last-Event-ID: ", refused.Text, StringComparison.Ordinal);
        }

        (
            await server.SendAsync(
                "GET", "/v1/journal", null, server.Main.Key, change: request => request.Headers.Accept.ParseAdd("application/json")))
            .MustBe(406, "not_acceptable");
        (await server.SendAsync("POST", "/v1/journal", "{}", server.Main.Key)).MustBe(405, "method_not_allowed");
        var head = await server.SendAsync("HEAD", "/v1/journal", null, server.Main.Key);
        Assert.Equal((200, "text/event-stream"), (head.Status, head.Headers["Content-Type"]));
    }

    [Fact]
    public async Task Revoking_the_key_ends_the_feed()
    {
        var head = (await server.HeadAsync(server.BookOf(server.Other.Key))).Number;
        var key = (await server.SendAsync("POST", "/v1/keys", """{"name": "feed", "scopes": ["read"]}""", server.Other.Key)).MustBe(201)["key"];
        using var feed = await OpenAsync(string.Create(CultureInfo.InvariantCulture, $"/v1/journal?after={head}"), null, key);
        (await server.SendAsync("DELETE", "/v1/keys/feed", null, server.Other.Key)).MustBe(200);
        Assert.Empty(await feed.TakeAsync(1));
        (await server.GetAsync("/v1/journal", key)).MustBe(401, "unauthorized");
    }

    async Task<Feed> OpenAsync(string path, string? lastEventId, string? key = null)
    {
        var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? server.Main.Key);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return new Feed(client, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    sealed class Feed(HttpClient client, StreamReader lines) : IDisposable
    {
        /// <summary>The next events; fewer when the feed ends.</summary>
        public async Task<List<(long Id, string Data)>> TakeAsync(int count)
        {
            var events = new List<(long, string)>();
            var id = 0L;
            while (events.Count < count && await lines.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    id = long.Parse(line["id: ".Length..], CultureInfo.InvariantCulture);
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                    events.Add((id, JsonDocument.Parse(line["data: ".Length..]).RootElement.GetRawText()));
            }

            return events;
        }

        public void Dispose()
        {
            lines.Dispose();
            client.Dispose();
        }
    }
}
