using System.Text.RegularExpressions;
using Kopeck.Ledger.Commands;

namespace Kopeck.Server.Tests;

/// <summary>Who may do what, for every call of the OpenAPI document.</summary>
public sealed partial class AccessTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    public static TheoryData<string, string> Calls { get; } = new(ApiCall.All.Select(call => (call.Method, call.Path)));

    static ApiCall Find(string method, string path) => ApiCall.All.Single(call => call.Method == method && call.Path == path);

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_key_does_what_its_scopes_say_and_nothing_else(string method, string path)
    {
        var call = Find(method, path);
        var seed = server.Main;
        foreach (var scope in new[] { Scopes.Read, Scopes.Transfer, Scopes.Cash, Scopes.Quotes, Scopes.Admin })
        {
            var key = await server.MakeKeyAsync(server.BookOf(seed.Key), server.NextName(scope.ToString()), scope);
            var before = await server.HeadAsync(server.BookOf(seed.Key));
            var reply = await SendAsync(call, seed, key, dryRun: call.IsMutation);
            // A key that could do no item of a batch is refused at once.
            var isAllowed =
                (call.Scope == "each item's" && scope is not (Scopes.Read or Scopes.Quotes))
                    || (call.Scope == "the original's" && scope == Scopes.Cash)
                    || (
                        call.Scope != "operator"
                            && (scope == Scopes.Admin || call.Scope.Equals(scope.ToString(), StringComparison.OrdinalIgnoreCase)));
            Assert.True(
                isAllowed ? reply.Status is 200 or 201 : (reply.Status, reply.Code) == (403, "forbidden"), $"{scope}: {reply.Text}");
            Assert.Equal(before, await server.HeadAsync(server.BookOf(seed.Key)));
        }

        var asOperator = await SendAsync(call, seed, server.OperatorKey, dryRun: call.IsMutation);
        Assert.True(call.Scope == "operator" ? asOperator.Status is 200 or 201 : asOperator.Code == "forbidden", asOperator.Text);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_key_of_one_book_neither_reads_nor_changes_another(string method, string path)
    {
        var call = Find(method, path);
        if (call.Scope == "operator")
            return;
        var other = server.BookOf(server.Other.Key);
        var before = await server.HeadAsync(other);
        var stranger = await server.OpenBookAsync(server.NextName("stranger"));
        var untouched = (await ReadAllAsync(server.Other.Key), await ReadKeysAsync());

        // An empty book: every id of the other one is nobody's here.
        var reply = await SendAsync(call, server.Other, stranger, dryRun: false);
        var isAboutIds =
            call.Path.Contains("{id}", StringComparison.Ordinal) || call.ValidBody?.Contains('$', StringComparison.Ordinal) == true;
        if (call.Path == "/v1/batches")
            Assert.All(
                reply.Json.GetProperty("outcomes").EnumerateArray(),
                outcome => Assert.Equal("account_not_found", outcome.GetProperty("body").GetProperty("code").GetString()));
        else if (isAboutIds || call.Path is "/v1/keys/{name}" or "/v1/keys/{name}/rotate" or "/v1/reports/operations")
            Assert.True(reply.Code is "not_found" or "account_not_found", reply.Text);
        else
            Assert.True(reply.Status is 200 or 201, reply.Text);
        foreach (var secret in new[] { "Lovelace", "ada-usd", "100.00" })
            Assert.DoesNotContain(secret, reply.Text, StringComparison.Ordinal);

        Assert.Equal(before, await server.HeadAsync(other));
        Assert.Equal(untouched, (await ReadAllAsync(server.Other.Key), await ReadKeysAsync()));
    }

    [Fact]
    public async Task In_a_batch_each_item_needs_its_own_scope()
    {
        var key = await server.MakeKeyAsync(server.BookOf(server.Main.Key), "cashier", Scopes.Cash);
        var reply = (await server.SendAsync("POST", "/v1/batches", server.Main.Fill("""{"operations": [{"kind": "deposit", "wallet": "$wallet", "amount": "1"}, {"kind": "transfer", "from": "$wallet", "to": "$second", "amount": "1"}, {"kind": "posting", "legs": [{"from": "$wallet", "to": "$fees", "amount": "1"}]}]}"""), key)).MustBe(200);
        Assert.Equal(
            [201, 403, 403],
            reply.Json.GetProperty("outcomes").EnumerateArray().Select(outcome => outcome.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task In_a_batch_an_items_scope_is_judged_before_its_fields()
    {
        var key = await server.MakeKeyAsync(server.BookOf(server.Main.Key), "blind-cashier", Scopes.Cash);
        var reply = (await server.SendAsync("POST", "/v1/batches", """{"operations": [{"kind": "posting"}, {"kind": "transfer", "amount": -1, "nonsense": {}}, {"kind": "deposit"}]}""", key)).MustBe(200);
        Assert.Equal(
            ["forbidden", "forbidden", "invalid_fields"],
            reply.Json.GetProperty("outcomes").EnumerateArray()
                .Select(outcome => outcome.GetProperty("body").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_key_that_can_do_no_item_of_a_batch_is_refused_before_the_batch_is_read()
    {
        var key = await server.MakeKeyAsync(server.BookOf(server.Main.Key), "only-reader", Scopes.Read);
        (await server.SendAsync("POST", "/v1/batches", "{{{", key)).MustBe(403, "forbidden");
    }

    Task<Reply> SendAsync(ApiCall call, Seed seed, string key, bool dryRun)
    {
        var path = call.Fill(seed);
        return server.SendAsync(
            call.Method, dryRun ? path + "?dryRun=true" : path, call.ValidBody is { } body ? seed.Fill(body) : null, key);
    }

    // Reading them is a use, too.
    async Task<string> ReadKeysAsync() => LastUse().Replace((await server.GetAsync("/v1/keys", server.Other.Key)).Text, "");

    [GeneratedRegex("\"lastUsedAt\":(null|\"[^\"]*\")")]
    private static partial Regex LastUse();

    async Task<string> ReadAllAsync(string key) =>
        (await server.GetAsync("/v1/operations?limit=1000", key)).Text + (await server.GetAsync("/v1/accounts?limit=1000", key)).Text
            + (await server.GetAsync("/v1/customers?limit=1000", key)).Text;
}
