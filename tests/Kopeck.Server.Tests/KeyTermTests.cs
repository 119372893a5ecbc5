using Kopeck.Engine.Keys;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Tests;

/// <summary>Until when, where from and how often a key may be used; and a new secret beside the one before.</summary>
public sealed class KeyTermTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_key_ends_when_it_was_said_to()
    {
        var clock = new SteppingClock();
        var keys = new ApiKeys(server.Store, clock);
        var (made, _) = await keys.CreateAsync(
            server.BookOf(server.Main.Key), KeyName.Parse(server.NextName("short")), Scopes.Read, TestContext.Current.CancellationToken,
            new KeyTerms(Instant.From(clock.GetUtcNow().AddHours(1)), null, null));
        Assert.NotNull(await keys.AuthenticateAsync(made!.Secret, TestContext.Current.CancellationToken));
        clock.Pass(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await keys.AuthenticateAsync(made.Secret, TestContext.Current.CancellationToken));
        // Remembered for two seconds more, and over all the same.
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Null(await keys.AuthenticateAsync(made.Secret, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_secret_before_a_rotation_is_valid_for_as_long_as_was_said()
    {
        var clock = new SteppingClock();
        var keys = new ApiKeys(server.Store, clock);
        var (book, name) = (server.BookOf(server.Main.Key), KeyName.Parse(server.NextName("turned")));
        var (before, _) = await keys.CreateAsync(book, name, Scopes.Read, TestContext.Current.CancellationToken);
        var (after, rejection) = await keys.RotateAsync(
            book, name, TimeSpan.FromMinutes(10), isDryRun: false, TestContext.Current.CancellationToken);
        Assert.Null(rejection);
        foreach (var secret in new[] { before!.Secret, after!.Secret })
            Assert.Equal(name, (await keys.AuthenticateAsync(secret, TestContext.Current.CancellationToken))?.Name);
        clock.Pass(TimeSpan.FromMinutes(10));
        Assert.Null(await keys.AuthenticateAsync(before.Secret, TestContext.Current.CancellationToken));
        Assert.NotNull(await keys.AuthenticateAsync(after.Secret, TestContext.Current.CancellationToken));
        // A second rotation ends the first secret but one, and a revocation all of them.
        var (last, _) = await keys.RotateAsync(book, name, TimeSpan.FromDays(1), isDryRun: false, TestContext.Current.CancellationToken);
        Assert.NotNull(await keys.AuthenticateAsync(after.Secret, TestContext.Current.CancellationToken));
        await keys.RevokeAsync(book, name, TestContext.Current.CancellationToken);
        foreach (var secret in new[] { before.Secret, after.Secret, last!.Secret })
            Assert.Null(await keys.AuthenticateAsync(secret, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Over_http_a_key_is_made_changed_rotated_and_shown_with_its_terms()
    {
        var name = server.NextName("terms");
        var made = (await Post(
            "/v1/keys",
            $$"""{"name": "{{name}}", "scopes": ["read"], "expiresAt": "2100-01-01", "allowedNetworks": "127.0.0.0/8,::1", "rateLimit": 1000}"""))
            .MustBe(201);
        Assert.Equal(
            ("2100-01-01T00:00:00.000000Z", "127.0.0.0/8,::1", "1000"), (made["expiresAt"], made["allowedNetworks"], made["rateLimit"]));
        (await server.GetAsync("/v1/book", made["key"])).MustBe(200);
        (await Patch(name, """{"allowedNetworks": "10.0.0.0/8"}""")).MustBe(200);
        (await server.GetAsync("/v1/book", made["key"])).MustBe(403, "forbidden");
        var open = (await Patch(name, """{"allowedNetworks": null, "expiresAt": null, "rateLimit": null}""")).MustBe(200);
        Assert.Equal(("", "", ""), (open["allowedNetworks"], open["expiresAt"], open["rateLimit"]));
        var turned = (await Post($"/v1/keys/{name}/rotate", """{"overlapSeconds": 0}""")).MustBe(200);
        Assert.NotEqual(made["key"], turned["key"]);
        (await server.GetAsync("/v1/book", made["key"])).MustBe(401, "unauthorized");
        (await server.GetAsync("/v1/book", turned["key"])).MustBe(200);
        await Eventually.TrueAsync(async () => (await Shown(name)).GetProperty("lastUsedAt").GetString() is not null);
        Assert.False((await Shown(name)).TryGetProperty("key", out _));
    }

    [Theory]
    [InlineData("""{"expiresAt": "2020-01-01"}""", "/expiresAt:in_the_past")]
    [InlineData("""{"expiresAt": "soon"}""", "/expiresAt:not_an_instant")]
    [InlineData("""{"allowedNetworks": "10.0.0.0/33"}""", "/allowedNetworks:not_networks")]
    [InlineData("""{"allowedNetworks": "010.1"}""", "/allowedNetworks:not_networks")]
    [InlineData("""{"rateLimit": 0}""", "/rateLimit:out_of_range")]
    public async Task What_is_wrong_with_terms_is_told(string body, string errors)
    {
        var name = server.NextName("wrong");
        (await Post("/v1/keys", $$"""{"name": "{{name}}", "scopes": ["read"]}""")).MustBe(201);
        Assert.Equal(errors, (await Patch(name, body)).MustBe(422, "invalid_fields").Errors);
    }

    [Fact]
    public async Task The_last_key_that_can_manage_a_book_gets_no_end_and_one_with_an_end_does_not_count()
    {
        var admin = await server.OpenBookAsync(server.NextName("last"));
        Task<Reply> Send(string method, string path, string? body) => server.SendAsync(method, path, body, admin);
        (await Send("PATCH", "/v1/keys/admin", """{"expiresAt": "2100-01-01"}""")).MustBe(403, "forbidden");
        (await Send("POST", "/v1/keys", """{"name": "ending", "scopes": ["admin"], "expiresAt": "2100-01-01"}""")).MustBe(201);
        (await Send("DELETE", "/v1/keys/admin", null)).MustBe(403, "forbidden");
        (await Send("POST", "/v1/keys", """{"name": "lasting", "scopes": ["admin"]}""")).MustBe(201);
        (await Send("PATCH", "/v1/keys/admin", """{"expiresAt": "2100-01-01"}""")).MustBe(200);
        (await Send("PATCH", "/v1/keys/nobody", "{}")).MustBe(404, "not_found");
        (await Send("POST", "/v1/keys/nobody/rotate", "{}")).MustBe(404, "not_found");
    }

    [Fact]
    public async Task A_dry_run_changes_no_key_and_shows_no_secret()
    {
        var name = server.NextName("dry");
        var made = (await Post("/v1/keys", $$"""{"name": "{{name}}", "scopes": ["read"]}""")).MustBe(201);
        Assert.Equal("9", (await server.SendAsync("PATCH", $"/v1/keys/{name}?dryRun=true", """{"rateLimit": 9}""", server.Main.Key))["rateLimit"]);
        var turned = (await server.SendAsync("POST", $"/v1/keys/{name}/rotate?dryRun=true", "{}", server.Main.Key)).MustBe(200);
        Assert.False(turned.Json.TryGetProperty("key", out _));
        (await server.GetAsync("/v1/book", made["key"])).MustBe(200);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await Shown(name)).GetProperty("rateLimit").ValueKind);
    }

    [Fact]
    public async Task A_key_of_its_own_limit_is_told_to_wait_where_others_have_none()
    {
        using var limits = new Hosting.RateLimits(0);
        await using var limited = server.BuildAnother(server.Options with { Limits = limits });
        await limited.StartAsync(TestContext.Current.CancellationToken);
        var made = (await Post("/v1/keys", $$"""{"name": "{{server.NextName("slow")}}", "scopes": ["read"], "rateLimit": 2}""")).MustBe(201);
        using var client = new HttpClient { BaseAddress = new Uri(limited.Urls.First()) };
        async Task<int> Ask(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/book") { Headers = { { "Authorization", "Bearer " + key } } };
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return (int)response.StatusCode;
        }

        var slow = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Ask(made["key"])));
        Assert.Contains(429, slow);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Ask(server.Main.Key))), status => Assert.Equal(200, status));
        (await Patch(made["name"], """{"rateLimit": null}""")).MustBe(200);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Ask(made["key"]))), status => Assert.Equal(200, status));
    }

    Task<Reply> Post(string path, string body) => server.PostAsync(path, body);

    Task<Reply> Patch(string name, string body) => server.SendAsync("PATCH", "/v1/keys/" + name, body, server.Main.Key);

    async Task<System.Text.Json.JsonElement> Shown(string name) => (await server.GetAsync("/v1/keys")).MustBe(200).Json
        .GetProperty("items").EnumerateArray().Single(key => key.GetProperty("name").GetString() == name);

    /// <summary>Time passes when a test says so.</summary>
    sealed class SteppingClock : TimeProvider
    {
        readonly DateTimeOffset start = System.GetUtcNow();
        TimeSpan passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => passed.Ticks;

        public override DateTimeOffset GetUtcNow() => start + passed;

        public void Pass(TimeSpan time) => passed += time;
    }
}
