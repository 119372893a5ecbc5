using System.Text.Json.Nodes;
using Kopeck.Ledger.Fields;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>
/// Where books are kept in several places, one place's fault stays its own. Here every look at a row of one book fails as the look at a
/// server that is gone does: by a rule on the tables that raises what PostgreSQL says then.
/// </summary>
public sealed class BookAwayTests
{
    const int Unavailable = 3;

    static readonly HashSet<string> OfTheInstance = ["api_keys", "operator_keys", "schema_migrations"];

    [Fact]
    public async Task A_book_that_cannot_be_reached_refuses_for_itself_and_nothing_else_stops()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var place = await PostgresPlace.CreateAsync(postgres);
        string branch;
        await using (var server = await Server.StartAsync(place))
        {
            branch = await OpenBookAsync(server, place, "branch");
            await server.OpenWalletAsync("EUR", "10");
        }

        await SetAwayAsync(postgres, place.Database, "branch");
        // It starts while the book is away.
        await using var serving = await Server.StartAsync(place);
        Assert.Equal(200, (await serving.GetAsync("/health/ready")).Status);
        using var ofBranch = Client(serving, branch);
        using var ofOperator = Client(serving, await KeyAsync(place));
        await AssertAwayAsync(ofBranch);

        // The other is written and read, and what is due of it happens.
        var wallet = await serving.OpenWalletAsync("EUR", "10");
        var hold = await serving.PostAsync("/v1/holds", $$"""{"from":"{{wallet}}","amount":"1","expiresInSeconds":1}""", "due");
        Assert.True(hold.Status == 201, hold.Body);
        await Checks.EventuallyAsync(
            async () =>
                (string?)await postgres.AskAsync("SELECT string_agg(status::text, ',') FROM holds WHERE book = 'main'", place.Database) == "4",
            "a hold of the other book to end");
        Assert.Equal(200, (await serving.GetAsync("/health/ready")).Status);

        // Who lists the books is told which could not be read.
        var books = JsonNode.Parse(await ofOperator.GetStringAsync(new Uri("/v1/books", UriKind.Relative)))!;
        Assert.Equal("main", Assert.Single(books["items"]!.AsArray())!["name"]!.GetValue<string>());
        Assert.Equal("branch", Assert.Single(books["unreadable"]!.AsArray())!.GetValue<string>());
        var info = Ledgers.Kopeck(place, "db", "info", "--json");
        Assert.True(info.ExitCode == 0, info.Output + info.Errors);
        Assert.StartsWith("branch: ", JsonNode.Parse(info.Output)!["unreadable"]!.GetValue<string>(), StringComparison.Ordinal);
        AssertDone(Ledgers.Kopeck(place, "verify", "--book", "main"));
        Assert.Equal(Unavailable, Ledgers.Kopeck(place, "verify", "--book", "branch").ExitCode);
        AssertDone(Ledgers.Kopeck(place, "keys", "create", "shop", "--scopes", "read"));

        // It is back: so is the book, without anybody's help.
        await SetAwayAsync(postgres, place.Database, "none");
        await Checks.EventuallyAsync(async () => (int)(await WriteAsync(ofBranch)).StatusCode == 201, "the book to take writes again");
        await Checks.EventuallyAsync(
            async () =>
                JsonNode.Parse(await ofOperator.GetStringAsync(new Uri("/v1/books", UriKind.Relative)))!["items"]!.AsArray().Count == 2,
            "both books to be listed");
        AssertDone(Ledgers.Kopeck(place, "verify", "--book", "branch"));
    }

    [Fact]
    public async Task The_book_main_may_be_the_one_that_is_away_and_where_none_can_be_read_it_is_said()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var place = await PostgresPlace.CreateAsync(postgres);
        string branch;
        await using (var server = await Server.StartAsync(place))
            branch = await OpenBookAsync(server, place, "branch");
        await SetAwayAsync(postgres, place.Database, "main");
        await using (var serving = await Server.StartAsync(place))
        {
            using var ofBranch = Client(serving, branch);
            Assert.Equal(201, (int)(await WriteAsync(ofBranch)).StatusCode);
            Assert.Equal(503, (await serving.GetAsync("/v1/accounts")).Status);
            Assert.Equal(200, (await serving.GetAsync("/health/ready")).Status);
            Assert.Contains("Book main cannot be read now", serving.Log, StringComparison.Ordinal);
        }

        await SetAwayAsync(postgres, place.Database, "%");
        var info = Ledgers.Kopeck(place, "db", "info");
        Assert.True(info.ExitCode == Unavailable, info.Output + info.Errors);
    }

    // As another node's, or a coordinator's, part of each table.
    static async Task SetAwayAsync(PostgresServer postgres, string database, string pattern)
    {
        var isNew = await postgres.AskAsync("SELECT count(*) FROM pg_proc WHERE proname = 'reach'", database) is 0L;
        await postgres.ExecuteAsync(
            $"""
            CREATE OR REPLACE FUNCTION reach(book text) RETURNS boolean LANGUAGE plpgsql AS $$
            BEGIN
              IF book LIKE '{pattern}' THEN RAISE EXCEPTION 'connection to a server of books failed' USING ERRCODE = '08006'; END IF;
              RETURN true;
            END $$
            """,
            database);
        if (!isNew)
            return;
        var rules = Tables.All.Where(table => !OfTheInstance.Contains(table)).Select(table =>
            $"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY reach ON {table} USING (reach(book));");
        await postgres.ExecuteAsync(string.Join('\n', rules), database);
    }

    static async Task AssertAwayAsync(HttpClient ofBook)
    {
        using var read = await ofBook.GetAsync(new Uri("/v1/accounts", UriKind.Relative));
        using var write = await WriteAsync(ofBook);
        foreach (var response in new[] { read, write })
        {
            var text = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode == 503, text);
            Assert.Contains("storage_unavailable", text, StringComparison.Ordinal);
        }
    }

    static async Task<HttpResponseMessage> WriteAsync(HttpClient ofBook)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/accounts", UriKind.Relative));
        request.Content = new StringContent("""{"code":"fees","currency":"EUR"}""", System.Text.Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", "fees");
        return await ofBook.SendAsync(request);
    }

    static async Task<string> OpenBookAsync(Server server, PostgresPlace place, string name)
    {
        using var client = Client(server, await KeyAsync(place));
        using var body = new StringContent($$"""{"name":"{{name}}"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/v1/books", UriKind.Relative), body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 201, text);
        return JsonNode.Parse(text)!["key"]!.GetValue<string>();
    }

    static async Task<string> KeyAsync(PostgresPlace place) =>
        (await File.ReadAllTextAsync(Path.Combine(place.Keys, "operator.key"))).Trim();

    static HttpClient Client(Server server, string key)
    {
        var client = new HttpClient { BaseAddress = server.Http };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    static void AssertDone(ShellResult done) => Assert.True(done.ExitCode == 0, $"{done.ExitCode}: {done.Output}{done.Errors}");
}
