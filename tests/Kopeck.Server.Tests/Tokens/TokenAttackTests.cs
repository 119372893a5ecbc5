using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Kopeck.Server.Tests.Tokens;

/// <summary>Tokens that are not what they seem: each is refused as any wrong key is, and tells nothing.</summary>
public sealed class TokenAttackTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    static readonly string[] Reader = ["main-reader"];

    readonly SigningKey rsa = SigningKey.Rsa("r1");
    readonly SigningKey ec = SigningKey.Ec("e1");
    readonly SigningKey foreign = SigningKey.Rsa("r1");
    TestIssuer issuer = null!;
    TokenServer tokens = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync(rsa, ec);
        tokens = await TokenServer.StartAsync(server, [issuer.Options(server.BookOf(server.Main.Key))]);
        (await tokens.GetAsync("/v1/book", issuer.Token(rsa, Reader))).MustBe(200);
    }

    public async ValueTask DisposeAsync()
    {
        await tokens.DisposeAsync();
        await issuer.DisposeAsync();
        rsa.Dispose();
        ec.Dispose();
        foreign.Dispose();
    }

    [Fact]
    public async Task A_token_without_a_signature_or_with_anothers_is_refused()
    {
        var (header, payload, signature) = Parts(issuer.Token(rsa, Reader));
        foreach (var none in new[] { "none", "None", "NONE", "nOnE", "" })
        {
            var head = SigningKey.Part($$"""{"alg": "{{none}}", "typ": "at+jwt", "kid": "r1"}""");
            await RefusedAsync($"{head}.{payload}.");
            await RefusedAsync($"{head}.{payload}.{signature}");
        }

        await RefusedAsync($"{header}.{payload}.");
        await RefusedAsync($"{header}.{payload}");
        await RefusedAsync($"{header}.{payload}.{signature}.");
        await RefusedAsync($"{header}.{payload}.{signature[..^4]}");
        await RefusedAsync($"{header}.{Parts(issuer.Token(rsa, ["main-admin"])).Payload}.{signature}");
        await RefusedAsync(issuer.Token(foreign, Reader));
        await RefusedAsync(issuer.Token(ec, Reader, header: head => head["kid"] = "r1"));
        await RefusedAsync(issuer.Token(rsa, Reader, header: head => (head["kid"], head["alg"]) = ("e1", "ES256")));
        await RefusedAsync(issuer.Token(rsa, Reader, header: head => head["alg"] = "PS256"));
    }

    [Fact]
    public async Task A_public_key_is_no_shared_secret()
    {
        foreach (var secret in new[] { rsa.Pem, rsa.Pem + "\n", rsa.Told().ToJsonString(), rsa.Told()["n"]!.GetValue<string>(), "" })
        {
            foreach (var algorithm in new[] { "HS256", "HS384", "HS512" })
                await RefusedAsync(Hmac(algorithm, Encoding.UTF8.GetBytes(secret)));
        }

        // Also where the issuer itself tells a shared secret among its keys.
        var shared = RandomNumberGenerator.GetBytes(32);
        issuer.Keys.Add(new JsonObject { ["kty"] = "oct", ["kid"] = "r1", ["k"] = Base64Url.EncodeToString(shared) });
        await using var other = await TokenServer.StartAsync(server, [issuer.Options(server.BookOf(server.Main.Key))]);
        (await other.GetAsync("/v1/book", Hmac("HS256", shared))).MustBe(401, "unauthorized");
        (await other.GetAsync("/v1/book", issuer.Token(rsa, Reader))).MustBe(200);
    }

    [Fact]
    public async Task A_key_that_a_token_brings_along_is_not_taken()
    {
        var own = foreign.Told();
        await RefusedAsync(issuer.Token(foreign, Reader, header: head => head["jwk"] = own.DeepClone()));
        await RefusedAsync(issuer.Token(foreign, Reader, header: head =>
            (head["jwk"], head["kid"]) = (own.DeepClone(), "mine")));
        await using var evil = await TestIssuer.StartAsync(foreign);
        var asked = evil.Sets + evil.Documents;
        foreach (var member in new[] { "jku", "x5u", "iss" })
            await RefusedAsync(issuer.Token(foreign, Reader, header: head => head[member] = evil.Name + "/keys"));
        Assert.Equal(asked, evil.Sets + evil.Documents);
    }

    [Fact]
    public async Task A_token_for_others_of_others_or_of_another_time_is_refused()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Action<JsonObject>[] wrongs =
        [
            payload => payload["aud"] = "another",
            payload => payload["aud"] = new JsonArray("another", "kopeck2"),
            payload => payload["aud"] = new JsonArray(),
            payload => payload.Remove("aud"),
            payload => payload["iss"] = issuer.Name + "/",
            payload => payload["iss"] = "https://login.example",
            payload => payload.Remove("iss"),
            payload => payload["exp"] = now - 31,
            payload => payload["exp"] = "never",
            payload => payload.Remove("exp"),
            payload => payload["nbf"] = now + 60,
            payload => payload.Remove("sub"),
            payload => payload["sub"] = "",
            payload => payload["sub"] = 7,
            payload => payload["sub"] = new string('s', 256),
        ];
        foreach (var wrong in wrongs)
            await RefusedAsync(issuer.Token(rsa, Reader, wrong));
        var several = issuer.Token(rsa, Reader, payload => payload["aud"] = new JsonArray("x", "kopeck"));
        (await tokens.GetAsync("/v1/book", several)).MustBe(200);
        (await tokens.GetAsync("/v1/book", issuer.Token(rsa, Reader, payload => payload["exp"] = now - 5))).MustBe(200);
        (await tokens.GetAsync("/v1/book", issuer.Token(rsa, Reader, payload => payload["nbf"] = now + 5))).MustBe(200);
        (await tokens.GetAsync("/v1/book", issuer.Token(rsa, Reader, payload => payload["exp"] = 253_402_300_799))).MustBe(200);
        Assert.True(
            (await tokens.GetAsync("/v1/book", issuer.Token(rsa, Reader, payload => payload["exp"] = long.MaxValue))).Status is 200 or 401);
    }

    [Fact]
    public async Task What_is_no_token_is_refused_and_breaks_nothing()
    {
        var (header, payload, signature) = Parts(issuer.Token(rsa, Reader));
        var deep = new string('[', 3_000) + new string(']', 3_000);
        string[] texts =
        [
            "ey", "ey..", "eyJ.eyJ.x", $"{header}..{signature}", $"{header}.{SigningKey.Part("null")}.{signature}",
            $"{header}.{SigningKey.Part("[]")}.{signature}", $"{header}.{SigningKey.Part("{")}.{signature}",
            $"{SigningKey.Part("""{"alg":{"a":1}}""")}.{payload}.{signature}", $"{SigningKey.Part("""{"alg":"RS256","kid":7}""")}.{payload}.{signature}",
            $"{header}.{SigningKey.Part($$"""{"a":{{deep}}}""")}.{signature}", $"{header}.{payload}.{new string('A', 9_000)}",
            $"{header}.{payload}.{signature}.x.y", $"{header}.{payload}. {signature}", $"{header}=.{payload}=.{signature}=",
            rsa.Sign("""{"alg":"RS256","kid":"r1"}""", "not json"), rsa.Sign("""{"alg":"RS256","kid":"r1"}""", "\"text\""),
            // A member twice: two readers could read two tokens.
            rsa.Sign("""{"alg":"RS256","kid":"r1"}""", Twice()),
        ];
        foreach (var text in texts)
            await RefusedAsync(text);
        // What no header can hold never comes here; the server closes the door itself.
        Assert.True((await tokens.GetAsync("/v1/book", "ey" + new string('A', 40_000) + "..")).Status is 401 or 431);
        Assert.DoesNotContain(tokens.Log.Lines, line => line.Text.Contains("A bug", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_of_keys_are_only_compared()
    {
        var asked = issuer.Sets;
        foreach (var name in new[] { "../../../etc/passwd", "' OR 1=1 --", "r1\0", "R1", " r1", "r1 ", new string('k', 6_000), "\uD83D\uDE00", "http://127.0.0.1/" })
            await RefusedAsync(issuer.Token(foreign, Reader, header: head => head["kid"] = name));
        await RefusedAsync(issuer.Token(foreign, Reader, header: head => head["kid"] = "../../../dev/null"));
        // Two keys fit a token that names none... of its kind there is one: it must be that one's.
        await RefusedAsync(issuer.Token(foreign, Reader, header: head => head.Remove("kid")));
        (await tokens.GetAsync("/v1/book", issuer.Token(rsa, Reader, header: head => head.Remove("kid")))).MustBe(200);
        Assert.InRange(issuer.Sets, asked, asked + 1);
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_asks_the_issuer_once_and_known_ones_go_on()
    {
        var asked = issuer.Sets;
        var flood = await Task.WhenAll(Enumerable.Range(0, 300).Select(async serial =>
            (await tokens.GetAsync("/v1/book", issuer.Token(foreign, Reader, header: head => head["kid"] = $"new-{serial}"))).Status));
        Assert.All(flood, status => Assert.Equal(401, status));
        Assert.InRange(issuer.Sets, asked, asked + 1);
        (await tokens.GetAsync("/v1/book", issuer.Token(rsa, Reader))).MustBe(200);
    }

    [Fact]
    public async Task Keys_turn_over_while_tokens_are_in_use()
    {
        var clock = new PassingClock();
        await using var turning = await TokenServer.StartAsync(server, [issuer.Options(server.BookOf(server.Main.Key))], time: clock);
        using var next = SigningKey.Rsa("r2");
        var (before, after) = (issuer.Token(rsa, Reader), issuer.Token(next, Reader));
        (await turning.GetAsync("/v1/book", before)).MustBe(200);
        (await turning.GetAsync("/v1/book", after)).MustBe(401, "unauthorized");
        issuer.Keys.Clear();
        issuer.Keys.Add(next.Told());
        // Asked just now: the issuer is left alone for half a minute.
        (await turning.GetAsync("/v1/book", after)).MustBe(401, "unauthorized");
        clock.Pass(TimeSpan.FromSeconds(31));
        (await turning.GetAsync("/v1/book", after)).MustBe(200);
        // What was remembered of a key that is gone is forgotten with it.
        (await turning.GetAsync("/v1/book", before)).MustBe(401, "unauthorized");
    }

    [Fact]
    public async Task While_the_issuer_is_away_known_keys_go_on_for_a_day_and_others_are_told_to_wait()
    {
        var clock = new PassingClock();
        await using var alone = await TokenServer.StartAsync(server, [issuer.Options(server.BookOf(server.Main.Key))], time: clock);
        string Token(SigningKey key) =>
            issuer.Token(key, Reader, payload => payload["exp"] = clock.GetUtcNow().ToUnixTimeSeconds() + 600);
        issuer.IsAway = true;
        var reply = (await alone.GetAsync("/v1/book", Token(rsa))).MustBe(503, "issuer_unavailable");
        Assert.Equal("5", reply.Headers["Retry-After"]);
        issuer.IsAway = false;
        clock.Pass(TimeSpan.FromSeconds(6));
        (await alone.GetAsync("/v1/book", Token(rsa))).MustBe(200);
        issuer.IsAway = true;
        clock.Pass(TimeSpan.FromHours(23));
        (await alone.GetAsync("/v1/book", Token(rsa))).MustBe(200);
        using var next = SigningKey.Rsa("r2");
        (await alone.GetAsync("/v1/book", Token(next))).MustBe(503, "issuer_unavailable");
        clock.Pass(TimeSpan.FromHours(2));
        (await alone.GetAsync("/v1/book", Token(rsa))).MustBe(503, "issuer_unavailable");
        (await alone.GetAsync("/v1/book", server.Main.Key)).MustBe(200);
        issuer.IsAway = false;
        clock.Pass(TimeSpan.FromSeconds(6));
        (await alone.GetAsync("/v1/book", Token(rsa))).MustBe(200);
        Assert.Contains(alone.Log.Lines, line => line.Event == 205);
    }

    [Fact]
    public async Task An_issuer_speaks_for_itself_alone_and_weak_keys_do_not_count()
    {
        using var weak = SigningKey.Rsa("weak", 1024);
        await using var other = await TestIssuer.StartAsync(weak);
        await using var named = await TokenServer.StartAsync(server, [other.Options(server.BookOf(server.Main.Key))]);
        (await named.GetAsync("/v1/book", other.Token(weak, Reader))).MustBe(503, "issuer_unavailable");
        await using var liar = await TestIssuer.StartAsync(foreign);
        liar.Claimed = issuer.Name;
        await using var fooled = await TokenServer.StartAsync(
            server, [liar.Options(server.BookOf(server.Main.Key)), issuer.Options(server.BookOf(server.Main.Key))]);
        (await fooled.GetAsync("/v1/book", liar.Token(foreign, Reader))).MustBe(503, "issuer_unavailable");
        await RefusedAsync(liar.Token(foreign, Reader, payload => payload["iss"] = issuer.Name));
    }

    async Task RefusedAsync(string token)
    {
        var reply = await tokens.GetAsync("/v1/book", token);
        // As a wrong API key is, to the letter: nothing tells what was wrong.
        Assert.Equal("Send an API key that is valid: authorization: Bearer kopeck_...", reply.MustBe(401, "unauthorized")["detail"]);
    }

    string Hmac(string algorithm, byte[] secret)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var text = SigningKey.Part($$"""{"alg": "{{algorithm}}", "typ": "at+jwt", "kid": "r1"}""") + "."
            + SigningKey.Part($$"""{"iss": "{{issuer.Name}}", "sub": "x", "aud": "kopeck", "exp": {{now + 60}}, "roles": ["main-reader"]}""");
        var bytes = Encoding.UTF8.GetBytes(text);
        var signature = algorithm switch
        {
            "HS256" => HMACSHA256.HashData(secret, bytes),
            "HS384" => HMACSHA384.HashData(secret, bytes),
            _ => HMACSHA512.HashData(secret, bytes),
        };
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    string Twice()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return $$"""{"iss": "{{issuer.Name}}", "sub": "x", "sub": "y", "aud": "kopeck", "exp": {{now + 60}}, "roles": ["main-reader"]}""";
    }

    static (string Header, string Payload, string Signature) Parts(string token) =>
        token.Split('.') is [var header, var payload, var signature] ? (header, payload, signature) : throw new FormatException(token);
}
