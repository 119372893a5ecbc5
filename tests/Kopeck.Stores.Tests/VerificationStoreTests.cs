using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Stores.Tests;

/// <summary>Rows as they stand, for verification, and derived tables made anew.</summary>
public abstract class VerificationStoreTests(StoreEngine engine) : FilledStoreTests(engine)
{
    static readonly string[] Wrecks =
    [
        "DELETE FROM entries WHERE number % 3 = 0",
        "UPDATE entries SET balance = balance + 1, amount = -amount WHERE number % 3 = 1",
        "INSERT INTO entries (book, account, number, place, amount, balance) VALUES ('main', 1, 1, 7, 5, 5)",
        "UPDATE hold_entries SET held = held + 100, change = -change WHERE number % 2 = 0",
        "DELETE FROM hold_entries WHERE number % 3 = 0",
        "UPDATE holds SET status = 1, remaining = remaining + 1, due_at = NULL, receiver = NULL",
        "DELETE FROM holds WHERE hold % 2 = 0",
        "DELETE FROM captures WHERE number % 2 = 0",
        "INSERT INTO captures (book, hold, number, amount) VALUES ('main', 99, 9999, 5)",
        "UPDATE reversals SET paid_back = paid_back + 1, received = 0",
        "DELETE FROM reversals WHERE number % 2 = 0",
        "UPDATE reversed_operations SET is_whole = NOT is_whole",
        "INSERT INTO reversed_operations (book, number, is_whole) VALUES ('main', 1, (1 = 1))",
        "UPDATE accounts SET code = NULL, status = 1",
        "DELETE FROM accounts WHERE account % 2 = 0",
        "DELETE FROM account_changes WHERE book = 'main'",
        "UPDATE customers SET country = 'SE', is_erased = NOT is_erased WHERE book = 'main'",
        "INSERT INTO customer_changes (book, customer, number) VALUES ('main', 99, 9999)",
        "UPDATE idempotency_keys SET number = 1 WHERE book = 'main'",
        "DELETE FROM quotes WHERE book = 'main'",
        "INSERT INTO quotes (book, currency, date, revision, units, base, source) VALUES ('main', 'CHF', '2026-01-01', 3, '1', '1', 'x')",
        "UPDATE personal_values SET is_current = (1 = 0), name_folded = 'someone' WHERE book = 'main'",
        "UPDATE books SET head_number = 1, head_hash = (SELECT hash FROM operations WHERE book = 'main' AND number = 2), first_hash = head_hash, head_at = 0, quotes_hash = NULL, base_currency = 'USD', quote_max_age_days = 1 WHERE book = 'main'",
    ];

    /// <summary>Tables with a book.</summary>
    public static TheoryData<string> BookTables { get; } = [.. Tables.All.Where(table => Tables.PrimaryKeyOf(table)[0] == "book")];

    [Theory]
    [MemberData(nameof(BookTables))]
    public void Rows_come_in_the_order_of_the_key_and_are_found_by_it(string table)
    {
        using var snapshot = Database.Ledger.OpenForVerification().OpenSnapshot(Main);
        var key =
            Tables.PrimaryKeyOf(table).Select(name => Tables.ColumnsOf(table).Index().First(item => item.Item.Name == name).Index).ToList();
        var rows = snapshot.Rows(table).ToList();
        Assert.Equal(rows.Count, snapshot.Count(table));
        if (table != "api_keys")
            Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal("main", row[0]));
        Assert.All(rows, row => Assert.All(row, value => Assert.True(value is null or long or string or byte[], $"{value?.GetType()}")));
        for (var index = 1; index < rows.Count; index++)
            Assert.True(
                Compare(rows[index - 1], rows[index], key) < 0,
                $"{string.Join('|', rows[index - 1])} before {string.Join('|', rows[index])}");
        foreach (var row in rows)
            Assert.Equal(Text(row), Text(Assert.Single(snapshot.Find(table, [.. key.Skip(1).Select(place => row[place]!)]))));
        using var nobody = Database.Ledger.OpenForVerification().OpenSnapshot(BookName.Parse("nobody"));
        Assert.Empty(nobody.Rows(table));
    }

    [Fact]
    public void Values_have_one_form_on_every_engine()
    {
        using var snapshot = Database.Ledger.OpenForVerification().OpenSnapshot(Main);
        var quote = Expected.Quotes().OrderBy(quote => quote.Currency, StringComparer.Ordinal).ThenBy(quote => quote.Date)
            .ThenBy(quote => quote.Revision).First();
        Assert.Equal(
            [
                "main", quote.Currency, quote.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                quote.Revision, quote.Pair.Units.ToString(), quote.Pair.Base.ToString(), quote.Source.Value],
            snapshot.Rows(Tables.Quotes.TableName).First());
        var account = Expected.AccountsAt(Expected.Head).First(account => account.Code?.Value == "fees");
        Assert.Equal(
            ["main", account.Id, 2L, null, "EUR", 2L, "fees", (long)account.Status, account.Floor],
            Assert.Single(snapshot.Find(Tables.Accounts.TableName, account.Id)));
        var customer = Expected.Customers(new()).First();
        Assert.Equal(
            ["main", customer.Id, customer.Country.Value, customer.Changed, customer.IsErased ? 1L : 0L],
            snapshot.Rows(Tables.Customers.TableName).First());
        Assert.Equal(Expected.Operations[4].Hash.ToBytes(), snapshot.Find(Tables.Operations.TableName, 5L)[0][^1]);
        Assert.Equal(
            System.Text.Encoding.UTF8.GetString(Expected.Operations[4].Canonical!.Body),
            snapshot.Find(Tables.Operations.TableName, 5L)[0][9]);
    }

    [Fact]
    public async Task A_snapshot_stands_still_while_others_write()
    {
        using var snapshot = Database.Ledger.OpenForVerification().OpenSnapshot(Main);
        var before = snapshot.Count(Tables.Operations.TableName);
        using var slow = snapshot.Rows(Tables.Operations.TableName).GetEnumerator();
        Assert.True(slow.MoveNext());
        for (var round = 0; round < 5; round++)
            Assert.True(
                await Store.CommitAsync(
                    Author.Write(new OpenInternalAccount(AccountCode.Parse($"beside-{round}"), Values.Currency("EUR"), 0)), null));
        Assert.Equal(before, snapshot.Count(Tables.Operations.TableName));
        Assert.Equal(before, Assert.Single(snapshot.Find(Tables.Books.TableName))[6]);
        Assert.Empty(snapshot.Find(Tables.Operations.TableName, before + 1));
        var seen = 1;
        while (slow.MoveNext())
        {
            // Looked up while the rows are read.
            Assert.Equal(Text(slow.Current), Text(snapshot.Find(Tables.Operations.TableName, slow.Current[1]!)[0]));
            seen++;
        }

        Assert.Equal(before, seen);
        using var fresh = Database.Ledger.OpenForVerification().OpenSnapshot(Main);
        Assert.Equal(before + 5, fresh.Count(Tables.Operations.TableName));
    }

    [Fact]
    public async Task Wrecked_derived_tables_are_made_anew_as_they_were()
    {
        var before = Dump("epoch");
        using (var raw = Database.OpenRaw())
        {
            foreach (var wreck in Wrecks)
                raw.Run(wreck);
        }

        // The other books were wrecked too where a statement names none: they are made anew as well.
        foreach (var book in (await Store.ListBooksAsync(Token)).Select(row => row.Book))
        {
            Assert.NotNull(Verifier.Verify(Database.Ledger.OpenForVerification(), book).Finding);
            var result = await Database.Ledger.RebuildAsync(book, null);
            Assert.True(result.Finding is null, result.Finding?.ToString());
            Assert.Null(Verifier.Verify(Database.Ledger.OpenForVerification(), book).Finding);
        }

        Assert.Equal(before, Dump("epoch"));
        Assert.Equal(1, (await Store.FindBookAsync(Main, Token))!.Epoch);
        Author.Learn((await Store.FindBookAsync(Main, Token))!);
        Assert.True(
            await Store.CommitAsync(Author.Write(new OpenInternalAccount(AccountCode.Parse("after"), Values.Currency("EUR"), 0)), null));
    }

    [Fact]
    public async Task Nothing_is_made_anew_from_a_journal_that_is_wrong()
    {
        using (var raw = Database.OpenRaw())
        {
            raw.Run("UPDATE operations SET body = replace(body, 'salary', 'bribes') WHERE book = 'main'");
            raw.Run("DELETE FROM account_changes");
        }

        var before = Dump();
        Assert.Equal("operations", (await Database.Ledger.RebuildAsync(Main, null)).Finding?.Table);
        Assert.Equal(before, Dump());
        Assert.Equal("books", (await Database.Ledger.RebuildAsync(BookName.Parse("nobody"), null)).Finding?.Table);
        // The refusal left nothing locked.
        Assert.NotNull(await Store.BumpEpochAsync(Main));
    }

    static int Compare(object?[] left, object?[] right, List<int> key)
    {
        foreach (var place in key)
        {
            var order = (left[place], right[place]) switch
            {
                (long first, long second) => first.CompareTo(second),
                (string first, string second) => string.CompareOrdinal(first, second),
                (byte[] first, byte[] second) => first.AsSpan().SequenceCompareTo(second),
                _ => throw new InvalidOperationException($"{left[place]} and {right[place]} have no order"),
            };
            if (order != 0)
                return order;
        }

        return 0;
    }

    static string Text(object?[] row) => string.Join('|', row.Select(RawDatabase.Describe));
}
