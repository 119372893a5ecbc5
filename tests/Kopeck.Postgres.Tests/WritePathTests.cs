using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Relational.Writing;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>
/// What makes it possible to distribute the tables by book: each statement that writes names one book and calls nothing volatile, and each
/// key starts with the book. Looked at where it counts, in what a real server is asked to do.
/// </summary>
public sealed partial class WritePathTests
{
    // The instance's own: they belong to no book.
    static readonly string[] OfNoBook = ["operator_keys", "schema_migrations"];

    [Fact]
    public async Task Every_statement_that_writes_names_one_book_and_calls_nothing_volatile()
    {
        await using var server = await PostgresServer.StartAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        await server.ExecuteAsync("ALTER SYSTEM SET log_statement = 'all'");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        await Checks.EventuallyAsync(async () => (string?)await server.AskAsync("SHOW log_statement") == "all", "statements are logged");
        // Its first start opens the book.
        await using var serving = await Server.StartAsync(place);
        await WriteOfEveryKindAsync(serving);
        await OpenBookAsync(serving, place);
        await LockAndBumpAsync(server, place.Database);
        // What is in force of the personal values is put back by the rebuild.
        var rebuilt = Ledgers.Kopeck(place, "rebuild");
        Assert.True(rebuilt.ExitCode == 0, rebuilt.Output + rebuilt.Errors);

        var missing = new List<string>();
        await Checks.EventuallyAsync(
            () =>
            {
                var seen = Statements(server.Log).ToHashSet(StringComparer.Ordinal);
                missing =
                [
                    .. BatchRows().Where(rows => !seen.Any(statement => Writes(statement, rows.Table, rows.Names)))
                        .Select(rows => $"{rows.Table} ({rows.Names})")
                ];
                return Task.FromResult(
                    missing.Count == 0
                        && seen.Any(statement => statement.EndsWith("FOR UPDATE", StringComparison.Ordinal))
                        && seen.Any(statement => statement.Contains("epoch = epoch + 1", StringComparison.Ordinal)));
            },
            () => "every statement of a batch, the lock and the epoch are carried out; not seen: " + string.Join("\n", missing));
        // Keys are made beside the write path; the operator's belong to no book.
        var writing =
            Statements(server.Log).Where(statement => IsWriting(statement) && !MakingKeys().IsMatch(statement)).Distinct().ToList();
        Assert.All(writing, AssertNamesOneBook);
        var called = writing.SelectMany(statement => Calls().Matches(statement))
            .Select(match => match.Groups["name"].Value.ToLowerInvariant()).Distinct().ToList();
        Assert.Contains("unnest", called);
        Assert.Equal(
            DBNull.Value,
            await server.AskAsync(
                $"SELECT string_agg(DISTINCT proname, ', ') FROM pg_proc WHERE provolatile = 'v' AND proname IN ({string.Join(", ", called.Select(name => $"'{name}'"))})",
                place.Database));
        // Nor does the database call anything by itself.
        Assert.Equal(0L, await server.AskAsync("SELECT count(*) FROM pg_attrdef", place.Database));
        Assert.Equal(0L, await server.AskAsync("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal", place.Database));
    }

    [Fact]
    public async Task Every_key_of_a_books_tables_starts_with_the_book()
    {
        var server = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        Assert.Equal(OfNoBook, Tables.All.Where(table => Tables.PrimaryKeyOf(table)[0] != "book").Order(StringComparer.Ordinal));
        Assert.Equal(
            (long)Tables.All.Count,
            await server.AskAsync(
                "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace", place.Database));
        // As the database has it: primary keys and whatever else is unique.
        Assert.Equal(DBNull.Value, await server.AskAsync(
            $"""
            SELECT string_agg(indexrelid::regclass::text, ', ')
            FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
            WHERE indisunique AND attname <> 'book' AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
              AND indrelid::regclass::text NOT IN ({string.Join(", ", OfNoBook.Select(table => $"'{table}'"))})
            """,
            place.Database));
    }

    // With its administrator's key, in one commit.
    static async Task OpenBookAsync(Server serving, PostgresPlace place)
    {
        var key = (await File.ReadAllTextAsync(Path.Combine(place.Keys, "operator.key"))).Trim();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(serving.Http, "/v1/books"));
        request.Headers.Authorization = new("Bearer", key);
        request.Content = new StringContent("""{"name":"branch"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
    }

    static async Task WriteOfEveryKindAsync(Server serving)
    {
        var wallet = await serving.OpenWalletAsync("EUR", "10");
        var customer = (await serving.GetAsync("/v1/wallets/" + wallet)).Json["customer"]!.GetValue<string>();
        var other = await serving.OpenWalletAsync("EUR", "10");
        async Task<JsonNode> SendAsync(HttpMethod method, string path, string? body, string key)
        {
            var reply = await serving.SendAsync(method, path, body, key);
            Assert.True(reply.Status is 200 or 201, $"{method} {path}: {reply.Status} {reply.Body}");
            return reply.Json;
        }

        var deposits = string.Join(',', Enumerable.Range(0, 3).Select(item => $$"""{"kind":"deposit","key":"item-{{item}}","wallet":"{{wallet}}","amount":"1"}"""));
        await SendAsync(HttpMethod.Post, "/v1/batches", $$"""{"atomic":true,"operations":[{{deposits}}]}""", "several");
        var hold = await SendAsync(HttpMethod.Post, "/v1/holds", $$"""{"from":"{{wallet}}","to":"{{other}}","amount":"3"}""", "held");
        var held = $"/v1/holds/{hold["id"]}/";
        await SendAsync(HttpMethod.Post, held + "capture", """{"amount":"1"}""", "captured");
        await SendAsync(HttpMethod.Post, held + "release", null, "released");
        var transfer = await SendAsync(HttpMethod.Post, "/v1/transfers", $$"""{"from":"{{wallet}}","to":"{{other}}","amount":"2"}""", "sent");
        await SendAsync(HttpMethod.Post, $"/v1/operations/{transfer["id"]}/reverse", """{"amount":"1"}""", "part");
        await SendAsync(HttpMethod.Post, $"/v1/operations/{transfer["id"]}/reverse", null, "rest");
        await SendAsync(HttpMethod.Patch, "/v1/customers/" + customer, """{"city":"Riga","code":"c-1"}""", "changed");
        await SendAsync(HttpMethod.Post, $"/v1/accounts/{wallet}/freeze", """{"what":"all"}""", "frozen");
        await SendAsync(HttpMethod.Put, "/v1/quotes/" + TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), """{"USD":"0.92"}""", "quotes");
        await SendAsync(HttpMethod.Delete, $"/v1/customers/{customer}/personal-data", null, "erased");
        await serving.OpenWalletAsync("EUR", "10");
    }

    static async Task LockAndBumpAsync(PostgresServer server, string database)
    {
        Assert.True(PostgresAddress.TryParse(server.ConnectionString(database), out var address, out _));
        await using var source = new PostgresSource(address, allowUnsafeStorage: false);
        await using var store = new PostgresStore(source);
        var book = BookName.Parse("main");
        await (await store.LockAsync(book)).DisposeAsync();
        Assert.NotNull(await store.BumpEpochAsync(book));
    }

    static bool IsWriting(string statement) => Writing().IsMatch(statement) || statement.EndsWith("FOR UPDATE", StringComparison.Ordinal);

    static void AssertNamesOneBook(string statement)
    {
        var isNamed =
            statement.StartsWith("INSERT", StringComparison.Ordinal) ? Inserting().IsMatch(statement) : Finding().IsMatch(statement);
        Assert.True(isNamed, statement);
        // No other book, and none by way of another table.
        Assert.All(Comparing().Matches(statement), match => Assert.Equal("$1", match.Groups["value"].Value));
        Assert.DoesNotContain(
            "JOIN", statement.Replace("FROM books b CROSS JOIN unnest(", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What a batch can write: the tables with their columns, as all stores have them.</summary>
    static IEnumerable<(string Table, string Names)> BatchRows() =>
        typeof(BatchTables).GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(field => field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(TableRows<>))
            .Select(field => field.GetValue(null)!)
            .Select(
                rows =>
                    (
                        (string)rows.GetType().GetProperty("Table")!.GetValue(rows)!,
                        (string)rows.GetType().GetProperty("Names")!.GetValue(rows)!));

    static bool Writes(string statement, string table, string names) =>
        statement.StartsWith($"INSERT INTO {table} (book, {names})", StringComparison.Ordinal)
        || (
            statement.StartsWith($"UPDATE {table} SET", StringComparison.Ordinal)
                && statement.Contains($"AS row ({names})", StringComparison.Ordinal));

    static IEnumerable<string> Statements(string log) => Logged().Matches(log).Select(match => Plain(match.Groups["text"].Value));

    static string Plain(string text) => Blank().Replace(text, " ").Trim();

    [
        GeneratedRegex(
            "LOG:  (execute [^:]+|statement): (?<text>.*?)(?=\\n\\S|\\n?\\z)", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Logged();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blank();

    [GeneratedRegex("^(WITH\\b.*\\b)?(INSERT|UPDATE|DELETE|MERGE)\\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Writing();

    [GeneratedRegex("^(INSERT INTO (api|operator)|UPDATE operator)_keys\\b", RegexOptions.ExplicitCapture)]
    private static partial Regex MakingKeys();

    [
        GeneratedRegex(
            "^INSERT INTO \\w+ \\(book, [\\w, ]+\\) (VALUES \\(\\$1, |SELECT b\\.book, .* FROM books b CROSS JOIN unnest\\(.* WHERE b\\.book = \\$1( ON CONFLICT \\(book, [\\w, ]+\\) DO UPDATE SET [\\w=., ]+)?$)",
            RegexOptions.ExplicitCapture)]
    private static partial Regex Inserting();

    [GeneratedRegex("WHERE (\\w+\\.)?book = \\$1\\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Finding();

    [GeneratedRegex("\\bbook (=|<>|IN|<|>) ?(?<value>\\S+?)(?=[\\s)]|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Comparing();

    [GeneratedRegex("\\b(?<name>[A-Za-z_]\\w*) ?\\(", RegexOptions.ExplicitCapture)]
    private static partial Regex Calls();
}
