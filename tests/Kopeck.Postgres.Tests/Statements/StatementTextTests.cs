using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Relational.Rows;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests.Statements;

/// <summary>
/// Each statement of a book goes to where the book is, whoever keeps the tables: it names the book by one parameter in each of its tables.
/// Proved from what a real server was asked to do while everything was done that the program can do.
/// </summary>
public sealed class StatementTextTests
{
    // The books of the story, and what asks for them all.
    static readonly string[] Books = ["main", "branch"];

    // What is of no one book, as it begins, and why that must be.
    static readonly Dictionary<string, string> OfTheInstance = new(StringComparer.Ordinal)
    {
        ["SELECT book, name, digest, scopes, created_at, revoked_at, expires_at, last_used_at, networks, rate_limit, old_digest, old_until FROM api_keys WHERE digest = $1 UNION ALL"] =
            "a key is what tells a request's book",
        [$"SELECT {BookRows.Columns} FROM books ORDER BY book"] =
            "the list of books, for the operator",
        ["SELECT book, head_number FROM books WHERE book = ANY($1)"] = "the heads of all books that somebody follows, each second",
        ["SELECT b.book FROM books b WHERE EXISTS (SELECT 1 FROM holds h WHERE h.book = b.book AND h.due_at <= $1)"] =
            "the books in which holds are due, twice a second",
    };

    [Fact]
    public async Task Every_statement_names_one_book_by_one_parameter_in_each_of_its_tables()
    {
        await using var server = await PostgresServer.StartAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        await server.ExecuteAsync("ALTER SYSTEM SET log_statement = 'all'");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        await Checks.EventuallyAsync(async () => (string?)await server.AskAsync("SHOW log_statement") == "all", "statements are logged");
        await TellEverythingAsync(server, place);
        await server.ExecuteAsync("SELECT 'the end'");
        await Checks.EventuallyAsync(
            () => Task.FromResult(server.Log.Contains("'the end'", StringComparison.Ordinal)), "the end of the log");

        var sent = StatementLog.Read(server.Log);
        var (problems, exceptions, named) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal), 0);
        foreach (var group in sent.GroupBy(statement => statement.Text, StringComparer.Ordinal))
        {
            if (OfTheInstance.Keys.FirstOrDefault(begin => group.Key.StartsWith(begin, StringComparison.Ordinal)) is { } exception)
            {
                exceptions.Add(exception);
                continue;
            }

            var rule = BookRule.Of(group.Key);
            problems.AddRange(rule.Problems.Select(problem => $"{problem}: {group.Key}"));
            if (rule.Parameter is { } parameter)
            {
                named++;
                problems.AddRange(group.Where(statement => !Books.Contains(statement.Values.GetValueOrDefault(parameter))).Take(1)
                    .Select(statement => $"{parameter} is {statement.Values.GetValueOrDefault(parameter)}, which is no book: {group.Key}"));
            }
        }

        Assert.True(problems.Count == 0, string.Join("\n", problems));
        Assert.Equal(OfTheInstance.Keys.Order(StringComparer.Ordinal), exceptions.Order(StringComparer.Ordinal));
        // That this many were looked at makes it a proof; there are more each time something is added.
        Assert.True(named > 180, $"{named} statements of books");
        // Every table of a book was read and written by one of them.
        var seen = string.Join("\n", sent.Select(statement => statement.Text));
        Assert.All(Tables.All, table => Assert.Contains(table, seen, StringComparison.Ordinal));
    }

    [
        Theory,
        InlineData("SELECT * FROM entries WHERE number = $1", "entries entries"),
        InlineData("SELECT * FROM entries e WHERE e.book = 'main'", "entries e"),
        InlineData("SELECT 1 FROM books WHERE book = ANY($1)", "books books"),
        InlineData("SELECT 1 FROM entries e JOIN operations o ON o.book = e.book WHERE e.book = $1", "operations o"),
        InlineData("SELECT 1 FROM entries e, operations o WHERE e.book = $1 AND o.book = $2", "by $1 and $2"),
        InlineData("SELECT 1 FROM entries e WHERE e.book = $1 OR e.number = $2", "entries e"),
        InlineData("SELECT 1 FROM entries e WHERE NOT (e.book = $1)", "entries e"),
        InlineData("SELECT 1 FROM entries e LEFT JOIN operations o ON e.book = $1 WHERE o.book = $1", "entries e"),
        InlineData("SELECT (SELECT max(h.held) FROM holds h WHERE h.book = a.book) FROM accounts a WHERE a.book = $1", "holds h"),
        InlineData("SELECT 1 FROM accounts a WHERE a.book = $1 UNION ALL SELECT 1 FROM entries", "entries entries"),
        InlineData("WITH x AS (SELECT 1 FROM entries) SELECT 1 FROM x", "entries entries"),
        InlineData("SELECT 1 FROM accounts a WHERE a.book = $1 AND EXISTS (SELECT 1 FROM customers c WHERE c.customer = 1)", "customers c"),
        InlineData("SELECT 1 FROM unnest($2::bigint[]) AS w (key) CROSS JOIN LATERAL (SELECT 1 FROM entries WHERE account = w.key) f", "entries"),
        InlineData("UPDATE books SET epoch = 1", "books books"),
        InlineData("UPDATE accounts SET status = row.status FROM unnest($2::bigint[]) AS row (status) WHERE accounts.account = 1", "accounts"),
        InlineData("DELETE FROM entries WHERE number = $1", "entries entries"),
        InlineData("INSERT INTO entries (book, account) VALUES ($1, $2), ('main', $3)", "given the book 'main'"),
        InlineData("INSERT INTO entries (book, account) VALUES ($1, $2), ($3, $4)", "by $1 and $3"),
        InlineData("INSERT INTO entries (account) VALUES ($1)", "given no book"),
        InlineData("INSERT INTO entries (book, account) SELECT o.book, row.a FROM operations o CROSS JOIN unnest($2) AS row (a)", "operations o"),
        InlineData("SELECT 1 FROM books b WHERE b.book = $1 AND b.book IN (SELECT book FROM operations)", "operations operations")
    ]
    public void A_statement_that_breaks_the_rule_is_found(string statement, string problem) =>
        Assert.Contains(BookRule.Of(statement).Problems, found => found.Contains(problem, StringComparison.Ordinal));

    [
        Theory,
        InlineData("SELECT e.number FROM entries e JOIN operations o ON o.book = $1 AND o.number = e.number WHERE e.book = $1 ORDER BY 1", 2),
        InlineData("INSERT INTO entries (book, account) SELECT b.book, row.a FROM books b CROSS JOIN unnest($2) AS row (a) WHERE b.book = $1", 2),
        InlineData("WITH moved AS (UPDATE books SET epoch = $2 WHERE book = $1 RETURNING 1) SELECT 1 / count(*) FROM moved", 1),
        InlineData("SELECT extract(epoch FROM now()), 'FROM entries' WHERE 1 IS DISTINCT FROM 2", 0)
    ]
    public void A_statement_that_keeps_it_passes(string statement, int named)
    {
        var rule = BookRule.Of(statement);
        Assert.Empty(rule.Problems);
        Assert.Equal((named, named == 0 ? null : "$1"), (rule.Named, rule.Parameter));
    }

    static async Task TellEverythingAsync(PostgresServer server, PostgresPlace place)
    {
        string wallet, owner;
        // Its first start opens the book.
        await using (var serving = await Server.StartAsync(place))
        {
            using var story = new EveryCall(serving, (await File.ReadAllTextAsync(Path.Combine(place.Keys, "operator.key"))).Trim());
            await story.TellAsync();
            Assert.Empty(await story.MissingAsync());
            (wallet, owner) = (story.Wallet, story.Owner);
            await LockAndBumpAsync(server, place.Database);
            // From a node that never saw it: the book is loaded, and what it missed is read.
            await serving.OpenWalletAsync("EUR", "10");
        }

        var folder = Directory.CreateTempSubdirectory("kopeck-statements-").FullName;
        try
        {
            var batch = Path.Combine(folder, "batch.json");
            await File.WriteAllTextAsync(batch, $$"""{"operations":[{"kind":"deposit","wallet":"{{wallet}}","amount":"1"}]}""");
            foreach (var arguments in new string[][]
            {
                ["verify"], ["rebuild"], ["db", "info"], ["db", "migrate"], ["journal", "export"], ["export", "hledger"],
                ["statement", "--wallet", wallet, "--format", "json"], ["statement", "--customer", owner, "--format", "csv"],
                ["statement", "--name", "ada lovelace", "--format", "json"], ["report", "trial-balance", "--format", "json"],
                ["report", "postings", "--format", "json"], ["submit", batch, "--key", "by-hand"],
                ["keys", "create", "shop", "--scopes", "read"], ["keys", "list"], ["keys", "change", "shop", "--per-second", "5"],
                ["keys", "rotate", "shop"], ["keys", "revoke", "shop"], ["keys", "create", "helper", "--operator"],
                ["keys", "change", "helper", "--per-second", "5", "--operator"], ["keys", "rotate", "helper", "--operator"],
                ["keys", "list", "--operator"], ["keys", "revoke", "helper", "--operator"],
            })
            {
                var done = Ledgers.Kopeck(place, arguments);
                Assert.True(done.ExitCode == 0, string.Join(' ', arguments) + ": " + done.Output + done.Errors);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task LockAndBumpAsync(PostgresServer server, string database)
    {
        Assert.True(PostgresAddress.TryParse(server.ConnectionString(database), out var address, out _));
        await using var source = new PostgresSource(address, allowUnsafeStorage: false);
        await using var store = new PostgresStore(source);
        var book = BookName.Parse("main");
        await (await store.LockAsync(book, 3)).DisposeAsync();
        Assert.NotNull(await store.BumpEpochAsync(book));
    }
}
