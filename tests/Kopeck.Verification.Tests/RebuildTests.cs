using Kopeck.Engine.Verification;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Verification.Tests;

/// <summary>
/// Rebuilding needs a journal that is right, and serving nodes notice it. That everything derived comes back is tested with the stores.
/// </summary>
public abstract class RebuildTests(StoreEngine engine, History history)
{
    [Theory]
    [InlineData("UPDATE operations SET body = replace(body, 'salary', 'bribes')", "operations")]
    [InlineData("DELETE FROM operations WHERE book = 'main' AND number = 9", "operations")]
    [InlineData("UPDATE personal_values SET city = 'Bonn' WHERE number = (SELECT min(number) FROM personal_values)", "personal_values")]
    [InlineData("DELETE FROM personal_values WHERE number = (SELECT min(number) FROM personal_values)", "personal_values")]
    public async Task Nothing_is_made_anew_from_a_journal_that_is_wrong(string damage, string table)
    {
        await using var copy = await history.CopyAsync();
        using var database = copy.OpenRaw();
        database.Run(damage);
        database.Run("DELETE FROM account_changes");
        var before = Dump(database);

        Assert.Equal(table, (await copy.Ledger.RebuildAsync(history.Book, null)).Finding?.Table);

        Assert.Equal(before, Dump(database));
    }

    [Fact]
    public async Task A_node_that_serves_the_book_goes_on_after_a_rebuild_behind_its_back()
    {
        await using var database = await engine.CreateAsync();
        await using var ledger = new TestLedger(database);
        await ledger.OpenBookAsync();
        var wallet = (
            await ledger.DoAsync(
                new OpenInternalAccount(Kopeck.Ledger.Fields.AccountCode.Parse("fees"), TestLedger.Currency("EUR"), 0))).Account!.Id;
        await ledger.DoAsync(new Deposit(wallet, TestLedger.Amount("10"), null));

        Assert.Null((await database.Ledger.RebuildAsync(ledger.Book, null)).Finding);
        await ledger.DoAsync(new Withdraw(wallet, TestLedger.Amount("4"), null));

        var result = Verifier.Verify(database.Ledger.OpenForVerification(), ledger.Book);
        Assert.Null(result.Finding);
        Assert.Equal(5, result.Operations);
    }

    static string Dump(RawDatabase database) =>
        string.Join('\n', History.TamperedTables.SelectMany(table => database.Dump(table, "epoch").Select(row => $"{table}: {row}")));
}

public sealed class SqliteRebuildTests(SqliteHistory history) : RebuildTests(StoreEngine.Sqlite, history), IClassFixture<SqliteHistory>;

public sealed class PostgresRebuildTests(PostgresHistory history) : RebuildTests(
    StoreEngine.Postgres, history), IClassFixture<PostgresHistory>;
