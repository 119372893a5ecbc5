using System.Text.Json.Nodes;
using Kopeck.Server.Hosting;
using Kopeck.Server.Tokens;

namespace Kopeck.Server.Tests.Tokens;

/// <summary>Tokens of identity providers in the place of API keys.</summary>
public sealed class TokenTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    readonly SigningKey rsa = SigningKey.Rsa("r1");
    readonly SigningKey ec = SigningKey.Ec("e1");
    TestIssuer issuer = null!;
    TokenServer tokens = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync(rsa, ec);
        tokens = await TokenServer.StartAsync(
            server, [issuer.Options(server.BookOf(server.Main.Key), server.BookOf(server.Other.Key))]);
    }

    public async ValueTask DisposeAsync()
    {
        await tokens.DisposeAsync();
        await issuer.DisposeAsync();
        rsa.Dispose();
        ec.Dispose();
    }

    [Fact]
    public async Task A_token_does_what_its_claim_is_given_and_nothing_else()
    {
        foreach (var key in new[] { rsa, ec })
        {
            var token = issuer.Token(key, ["main-reader", "main-cashier", "nonsense"]);
            (await tokens.GetAsync("/v1/accounts", token)).MustBe(200);
            (await tokens.SendAsync("POST", "/v1/deposits", server.Main.Fill("""{"wallet": "$wallet", "amount": "1"}"""), token)).MustBe(201);
            (await tokens.GetAsync("/v1/keys", token)).MustBe(403, "forbidden");
            (await tokens.SendAsync("POST", "/v1/books", """{"name": "mine"}""", token)).MustBe(403, "forbidden");
            (await tokens.SendAsync(
                "POST", "/v1/transfers", server.Main.Fill("""{"from": "$wallet", "to": "$second", "amount": "1"}"""), token))
                .MustBe(403, "forbidden");
        }

        (await tokens.GetAsync("/v1/book", issuer.Token(rsa, []))).MustBe(403, "forbidden");
        (await tokens.GetAsync("/v1/book", issuer.Token(rsa, ["nobody"]))).MustBe(403, "forbidden");
        (await tokens.GetAsync("/v1/book", server.Main.Key)).MustBe(200);
        // Where no issuer is named, no token is one.
        (await server.GetAsync("/v1/book", issuer.Token(rsa, ["main-reader"]))).MustBe(401, "unauthorized");
    }

    [Fact]
    public async Task The_actor_is_a_digest_that_is_the_subjects_own_and_of_one_book()
    {
        async Task<string> ActorAsync(string book, string subject, Kopeck.Server.Tests.Seed seed)
        {
            var token = issuer.Token(rsa, [book + "-cashier"], payload => payload["sub"] = subject);
            var reply = await tokens.SendAsync("POST", "/v1/deposits", seed.Fill("""{"wallet": "$wallet", "amount": "1"}"""), token);
            return reply.MustBe(201)["actor"];
        }

        var ada = await ActorAsync("main", "ada.lovelace@example.org", server.Main);
        Assert.Matches("^oidc\\.[0-9a-f]{40}$", ada);
        Assert.Equal(ada, await ActorAsync("main", "ada.lovelace@example.org", server.Main));
        Assert.NotEqual(ada, await ActorAsync("main", "grace.hopper@example.org", server.Main));
        Assert.NotEqual(ada, await ActorAsync("other", "ada.lovelace@example.org", server.Other));
        var row = await server.Store.FindBookAsync(server.BookOf(server.Main.Key), TestContext.Current.CancellationToken);
        Assert.Equal(ada, TokenActor.Of(row!.Secret, issuer.Name, "ada.lovelace@example.org").Value);
        // It is kept for ever. By `openssl dgst -sha256 -mac hmac` over the same bytes.
        var zeros = new Ledger.Journal.BookSecret(new Ledger.Journal.Digest(new byte[32]));
        Assert.Equal(
            "oidc.514fd08400a0d230bb48a131c9575224f3762dc9", TokenActor.Of(zeros, "https://login.example", "ada").Value);
    }

    [Fact]
    public async Task No_api_key_is_called_like_an_actor_of_a_token()
    {
        foreach (var name in new[] { "oidc.", "oidc.1234", "OIDC.x" })
        {
            var body = $$"""{"name": "{{name}}", "scopes": ["read"]}""";
            Assert.Equal("/name:bad_value", (await server.PostAsync("/v1/keys", body)).MustBe(422, "invalid_fields").Errors);
            Assert.Equal(
                "/name:bad_value", (await server.PostAsync("/v1/keys?dryRun=true", body)).MustBe(422, "invalid_fields").Errors);
        }
    }

    [Fact]
    public async Task A_token_of_several_books_says_which_and_gets_no_other()
    {
        var token = issuer.Token(rsa, ["main-reader", "other-admin"]);
        var several = (await tokens.GetAsync("/v1/book", token)).MustBe(403, "forbidden");
        Assert.Contains("Kopeck-Book", several["detail"], StringComparison.Ordinal);
        Assert.Equal("main", (await tokens.GetAsync("/v1/book", token, "main")).MustBe(200)["name"]);
        Assert.Equal("other", (await tokens.GetAsync("/v1/book", token, "other")).MustBe(200)["name"]);
        (await tokens.GetAsync("/v1/keys", token, "main")).MustBe(403, "forbidden");
        (await tokens.GetAsync("/v1/keys", token, "other")).MustBe(200);
        (await tokens.GetAsync("/v1/book", token, "third")).MustBe(403, "forbidden");
        (await tokens.GetAsync("/v1/book", issuer.Token(rsa, ["main-reader"]), "other")).MustBe(403, "forbidden");
        (await tokens.GetAsync("/v1/book", server.Main.Key, "main")).MustBe(200);
        (await tokens.GetAsync("/v1/book", server.Main.Key, "other")).MustBe(403, "forbidden");
    }

    [Fact]
    public async Task A_claim_may_lie_in_another_and_scopes_are_words()
    {
        var main = server.BookOf(server.Main.Key);
        await using var nested = await TokenServer.StartAsync(
            server, [issuer.Options(main) with { Claim = ["resource_access", "ledger", "roles"] }]);
        var token = issuer.Token(rsa, [], payload => payload["resource_access"] =
            new JsonObject { ["ledger"] = new JsonObject { ["roles"] = new JsonArray("main-reader") } });
        (await nested.GetAsync("/v1/book", token)).MustBe(200);
        (await nested.GetAsync("/v1/book", issuer.Token(rsa, ["main-reader"]))).MustBe(403, "forbidden");
        await using var scoped = await TokenServer.StartAsync(server, [issuer.Options(main) with { Claim = ["scope"] }]);
        (await scoped.GetAsync("/v1/book", issuer.Token(rsa, [], payload => payload["scope"] = "openid main-reader"))).MustBe(200);
        var other = issuer.Token(rsa, [], payload => payload["scope"] = "main-reader-not");
        (await scoped.GetAsync("/v1/book", other)).MustBe(403, "forbidden");
    }

    [Fact]
    public async Task Tokens_of_one_subject_share_its_limit_and_another_has_its_own()
    {
        using var limits = new RateLimits(0);
        await using var limited = await TokenServer.StartAsync(
            server, [issuer.Options(server.BookOf(server.Main.Key)) with { RateLimit = 2 }], limits);
        string Token(string subject, int serial) => issuer.Token(rsa, ["main-reader"], payload =>
            (payload["sub"], payload["jti"]) = (subject, $"token-{serial}"));
        var eager = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(async serial => (await limited.GetAsync("/v1/book", Token("eager", serial))).Status));
        Assert.Contains(200, eager);
        Assert.Contains(429, eager);
        (await limited.GetAsync("/v1/book", Token("calm", 0))).MustBe(200);
    }

    [Fact]
    public async Task A_token_ends_when_it_says_and_what_was_remembered_of_it_too()
    {
        var clock = new PassingClock();
        await using var later = await TokenServer.StartAsync(server, [issuer.Options(server.BookOf(server.Main.Key))], time: clock);
        var token = issuer.Token(rsa, ["main-reader"], payload => payload["exp"] = clock.GetUtcNow().ToUnixTimeSeconds() + 40);
        (await later.GetAsync("/v1/book", token)).MustBe(200);
        clock.Pass(TimeSpan.FromSeconds(50));
        // Clocks may be 30 s apart.
        (await later.GetAsync("/v1/book", token)).MustBe(200);
        clock.Pass(TimeSpan.FromSeconds(21));
        (await later.GetAsync("/v1/book", token)).MustBe(401, "unauthorized");
    }

    [Fact]
    public async Task A_feed_ends_with_its_token()
    {
        var clock = new PassingClock();
        await using var later = await TokenServer.StartAsync(server, [issuer.Options(server.BookOf(server.Main.Key))], time: clock);
        using var feed = await later.OpenAsync("/v1/journal?after=0", issuer.Token(rsa, ["main-reader"]));
        Assert.Equal(200, (int)feed.StatusCode);
        clock.Pass(TimeSpan.FromMinutes(11));
        // Read to its end, which it would not have otherwise.
        var stream = await feed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken).WaitAsync(
            TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nothing_of_a_token_or_its_subject_is_logged()
    {
        var token = issuer.Token(rsa, ["main-cashier"]);
        (await tokens.SendAsync("POST", "/v1/deposits", server.Main.Fill("""{"wallet": "$wallet", "amount": "1"}"""), token)).MustBe(201);
        (await tokens.GetAsync("/v1/keys", token)).MustBe(403, "forbidden");
        (await tokens.GetAsync("/v1/keys", token + "x")).MustBe(401, "unauthorized");
        Assert.NotEmpty(tokens.Log.Lines);
        foreach (var secret in new[] { "lovelace", token, token.Split('.')[1], token.Split('.')[2] })
            Assert.DoesNotContain(tokens.Log.Lines, line => line.Text.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }
}
