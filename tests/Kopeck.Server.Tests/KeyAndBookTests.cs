using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Tests;

/// <summary>Keys and books.</summary>
public sealed class KeyAndBookTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_key_is_shown_once_works_at_once_and_no_longer_after_its_revocation()
    {
        var made = (await server.PostAsync("/v1/keys", """{"name": "shop", "scopes": ["read", "transfer"]}""")).MustBe(201);
        var key = made["key"];
        Assert.Matches("^kopeck_[A-Za-z0-9_-]{43}$", key);
        (await server.GetAsync("/v1/accounts", key)).MustBe(200);
        var list = (await server.GetAsync("/v1/keys")).MustBe(200);
        Assert.DoesNotContain(key, list.Text, StringComparison.Ordinal);
        Assert.Contains("\"shop\"", list.Text, StringComparison.Ordinal);
        var revoked = (await server.SendAsync("DELETE", "/v1/keys/shop", null, server.Main.Key)).MustBe(200);
        Assert.NotEmpty(revoked["revokedAt"]);
        (await server.GetAsync("/v1/accounts", key)).MustBe(401, "unauthorized");
        Assert.Equal(revoked.Text, (await server.SendAsync("DELETE", "/v1/keys/shop", null, server.Main.Key)).MustBe(200).Text);
        (await server.PostAsync("/v1/keys", """{"name": "shop", "scopes": ["read"]}""")).MustBe(409, "already_exists");
    }

    [Fact]
    public async Task The_last_administrator_stays_and_another_may_revoke_himself()
    {
        var book = await server.OpenBookAsync(server.NextName("admins"));
        (await server.SendAsync("DELETE", "/v1/keys/admin", null, book)).MustBe(403, "forbidden");
        (await server.SendAsync("DELETE", "/v1/keys/admin?dryRun=true", null, book)).MustBe(403, "forbidden");
        var second = (await server.SendAsync("POST", "/v1/keys", """{"name": "second", "scopes": ["admin", "read"]}""", book)).MustBe(201)["key"];
        (await server.SendAsync("DELETE", "/v1/keys/second", null, second)).MustBe(200);
        (await server.GetAsync("/v1/keys", second)).MustBe(401, "unauthorized");
        (await server.SendAsync("DELETE", "/v1/keys/admin", null, book)).MustBe(403, "forbidden");
        var third = (await server.SendAsync("POST", "/v1/keys", """{"name": "third", "scopes": ["admin"]}""", book)).MustBe(201)["key"];
        (await server.SendAsync("DELETE", "/v1/keys/admin", null, book)).MustBe(200);
        (await server.GetAsync("/v1/keys", book)).MustBe(401, "unauthorized");
        (await server.GetAsync("/v1/keys", third)).MustBe(200);
    }

    [Fact]
    public async Task Of_administrators_who_revoke_each_other_at_the_same_moment_one_stays()
    {
        for (var round = 0; round < 20; round++)
        {
            var admin = await server.OpenBookAsync(server.NextName("quarrel"));
            var second = (await server.SendAsync("POST", "/v1/keys", """{"name": "second", "scopes": ["admin"]}""", admin)).MustBe(201)["key"];
            var answers = await Task.WhenAll(
                server.SendAsync("DELETE", "/v1/keys/admin", null, second), server.SendAsync("DELETE", "/v1/keys/second", null, admin));
            Assert.Equal(200, answers.Min(answer => answer.Status));
            Assert.True(answers.Max(answer => answer.Status) is 401 or 403);
            var alive = await Task.WhenAll(server.GetAsync("/v1/keys", admin), server.GetAsync("/v1/keys", second));
            Assert.Single(alive, answer => answer.Status == 200);
        }
    }

    [Fact]
    public async Task The_store_itself_keeps_the_last_key_that_can_manage_a_book_or_the_books()
    {
        var book = server.BookOf(await server.OpenBookAsync(server.NextName("guarded")));
        var at = Instant.From(TimeProvider.System.GetUtcNow());
        await server.MakeKeyAsync(book, "reader", Scopes.Read);
        Assert.Null(
            (await server.Store.RevokeKeyAsync(book, KeyName.Parse("admin"), at, TestContext.Current.CancellationToken))!.RevokedAt);
        Assert.NotNull(
            (await server.Store.RevokeKeyAsync(book, KeyName.Parse("reader"), at, TestContext.Current.CancellationToken))!.RevokedAt);
        Assert.Null(await server.Store.RevokeKeyAsync(book, KeyName.Parse("nobody"), at, TestContext.Current.CancellationToken));
        Assert.Null(
            (await server.Store.RevokeKeyAsync(null, KeyName.Parse("operator"), at, TestContext.Current.CancellationToken))!.RevokedAt);
        await server.MakeKeyAsync(null, "deputy", Scopes.None);
        Assert.Equal(
            at, (await server.Store.RevokeKeyAsync(null, KeyName.Parse("deputy"), at, TestContext.Current.CancellationToken))!.RevokedAt);
        Assert.Equal(
            at,
            (
                await server.Store.RevokeKeyAsync(
                    null, KeyName.Parse("deputy"), new Instant(at.Microseconds + 1), TestContext.Current.CancellationToken))!.RevokedAt);
    }

    [Fact]
    public async Task Dry_runs_of_keys_and_books_make_none()
    {
        var dry = (await server.PostAsync("/v1/keys?dryRun=true", """{"name": "dry", "scopes": ["read"]}""")).MustBe(201);
        Assert.False(dry.Json.TryGetProperty("key", out _));
        Assert.DoesNotContain("\"dry\"", (await server.GetAsync("/v1/keys")).Text, StringComparison.Ordinal);
        (await server.SendAsync("DELETE", "/v1/keys/spare?dryRun=true", null, server.Main.Key)).MustBe(200);
        Assert.Contains("\"name\":\"spare\",\"scopes\":[\"read\"],", (await server.GetAsync("/v1/keys")).Text, StringComparison.Ordinal);

        var book = (await server.SendAsync("POST", "/v1/books?dryRun=true", """{"name": "dry"}""", server.OperatorKey)).MustBe(201);
        Assert.False(book.Json.TryGetProperty("key", out _));
        Assert.DoesNotContain("\"dry\"", (await server.GetAsync("/v1/books", server.OperatorKey)).Text, StringComparison.Ordinal);
        (await server.SendAsync("POST", "/v1/books?dryRun=true", """{"name": "main"}""", server.OperatorKey)).MustBe(409, "already_exists");
    }

    [Fact]
    public async Task A_book_is_opened_with_its_own_currency_and_limit_and_its_name_is_taken_then()
    {
        var made = (await server.SendAsync("POST", "/v1/books", """{"name": "yen-book", "baseCurrency": "JPY", "quoteMaxAgeDays": 30}""", server.OperatorKey)).MustBe(201);
        Assert.Equal(("yen-book", "JPY", "30"), (made["name"], made["baseCurrency"], made["quoteMaxAgeDays"]));
        var first = (await server.GetAsync("/v1/operations/1", made["key"])).MustBe(200);
        Assert.Equal("book_opened", first["kind"]);
        (await server.SendAsync("POST", "/v1/books", """{"name": "yen-book"}""", server.OperatorKey)).MustBe(409, "already_exists");
        foreach (var body in new[] { "{}", """{"name": "UPPER CASE"}""", """{"name": "a/b"}""", """{"name": "x", "quoteMaxAgeDays": 0}""", """{"name": "x", "quoteMaxAgeDays": 1.5}""", """{"name": "x", "quoteMaxAgeDays": "7"}""", """{"name": "x", "baseCurrency": "XAU"}""" })
            (await server.SendAsync("POST", "/v1/books", body, server.OperatorKey)).MustBe(422, "invalid_fields");
    }
}
