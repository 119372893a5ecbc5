using Kopeck.Engine.Verification;
using Kopeck.Ledger.Commands;
using Kopeck.Sqlite.Verification;

namespace Kopeck.Verification.Tests;

/// <summary>Everything derived comes back from the journal.</summary>
public sealed class RebuildTests(History history) : IClassFixture<History>
{
    static readonly string[] Wrecks =
    [
        "DELETE FROM entries WHERE number % 3 = 0",
        "UPDATE entries SET balance = balance + 1, amount = -amount WHERE number % 3 = 1",
        "INSERT INTO entries (book, account, number, place, amount, balance) VALUES ('main', 1, 1, 7, 5, 5)",
        "UPDATE accounts SET held = held + 100, code = NULL, status = 1",
        "DELETE FROM accounts WHERE account % 2 = 0",
        "DELETE FROM account_changes",
        "UPDATE customers SET country = 'SE', is_erased = 1 - is_erased",
        "INSERT INTO customer_changes (book, customer, number) VALUES ('main', 99, 99)",
        "UPDATE idempotency_keys SET number = 1",
        "DELETE FROM quotes",
        "INSERT INTO quotes (book, currency, date, revision, rate, source) VALUES ('main', 'CHF', '2026-01-01', 3, '1', 'x')",
        "UPDATE personal_values SET is_current = 0, name_folded = 'someone'",
        "UPDATE books SET head_number = 1, head_hash = zeroblob(32), head_at = 0, first_hash = zeroblob(32), quotes_hash = NULL, base_currency = 'USD', quote_max_age_days = 1 WHERE book = 'main'",
    ];

    [Fact]
    public void Wrecked_derived_tables_are_made_anew_as_they_were()
    {
        var path = history.Copy(history.Path);
        using var database = new RawDatabase(path);
        var before = Dump(database);
        var epoch = database.Number("SELECT epoch FROM books WHERE book = 'main'");
        foreach (var wreck in Wrecks)
            database.Run(wreck);
        Assert.NotNull(history.Verify(path).Finding);

        var result = SqliteRebuild.Rebuild(path, history.Book, null);

        Assert.Null(result.Finding);
        Assert.Equal(history.Head.Number, result.Operations);
        Assert.Null(history.Verify(path, history.Head).Finding);
        Assert.Equal(before, Dump(database));
        Assert.Equal(epoch + 1, database.Number("SELECT epoch FROM books WHERE book = 'main'"));
    }

    [Theory]
    [InlineData("UPDATE operations SET body = replace(body, 'salary', 'bribes')", "operations")]
    [InlineData("DELETE FROM operations WHERE book = 'main' AND number = 9", "operations")]
    [InlineData("UPDATE personal_values SET city = 'Bonn' WHERE number = (SELECT min(number) FROM personal_values)", "personal_values")]
    [InlineData("DELETE FROM personal_values WHERE number = (SELECT min(number) FROM personal_values)", "personal_values")]
    public void Nothing_is_made_anew_from_a_journal_that_is_wrong(string damage, string table)
    {
        var path = history.Copy(history.Path);
        using var database = new RawDatabase(path);
        database.Run(damage);
        database.Run("DELETE FROM account_changes");
        var before = Dump(database);

        Assert.Equal(table, SqliteRebuild.Rebuild(path, history.Book, null).Finding?.Table);

        Assert.Equal(before, Dump(database));
    }

    [Fact]
    public async Task A_node_that_serves_the_book_goes_on_after_a_rebuild_behind_its_back()
    {
        using var folder = new TemporaryFolder();
        await using var ledger = new TestLedger(folder.File("served.db"));
        await ledger.OpenBookAsync();
        var wallet = (await ledger.DoAsync(new OpenInternalAccount(Kopeck.Ledger.Fields.AccountCode.Parse("fees"), TestLedger.Currency("EUR"), 0))).Account!.Id;
        await ledger.DoAsync(new Deposit(wallet, TestLedger.Amount("10"), null));

        Assert.Null(SqliteRebuild.Rebuild(folder.File("served.db"), ledger.Book, null).Finding);
        await ledger.DoAsync(new Withdraw(wallet, TestLedger.Amount("4"), null));

        var result = Verifier.Verify(new SqliteVerificationStore(folder.File("served.db")), ledger.Book);
        Assert.Null(result.Finding);
        Assert.Equal(5, result.Operations);
    }

    static string Dump(RawDatabase database) =>
        string.Join('\n', History.TamperedTables.SelectMany(table => database.Dump(table, "epoch").Select(row => $"{table}: {row}")));
}
