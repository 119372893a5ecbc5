using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Verification.Tests;

/// <summary>Verification reads one moment of a book that goes on being written.</summary>
public abstract class BesideWritersTests(StoreEngine engine)
{
    [Fact]
    public async Task A_book_verifies_while_it_is_written()
    {
        await using var database = await engine.CreateAsync();
        await using var ledger = new TestLedger(database);
        await ledger.OpenBookAsync();
        var from = (await ledger.DoAsync(new OpenInternalAccount(AccountCode.Parse("from"), TestLedger.Currency("EUR"), null))).Account!.Id;
        var to = (await ledger.DoAsync(new OpenInternalAccount(AccountCode.Parse("to"), TestLedger.Currency("EUR"), 0))).Account!.Id;
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                    await ledger.DoAsync(new PostLegs([new Leg(from, to, TestLedger.Amount("0.01"))]));
            },
            CancellationToken.None);

        long last = 0;
        for (var seen = 0; seen < 10;)
        {
            var result = Verifier.Verify(database.Ledger.OpenForVerification(), ledger.Book);
            Assert.Null(result.Finding);
            Assert.True(result.Operations >= last);
            seen += result.Operations > last ? 1 : 0;
            last = result.Operations;
        }

        await enough.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task Progress_is_told_and_ends_at_the_head()
    {
        await using var database = await engine.CreateAsync();
        await using var ledger = new TestLedger(database);
        await ledger.OpenBookAsync();
        var told = new List<(long, long)>();
        Verifier.Verify(database.Ledger.OpenForVerification(), ledger.Book, null, (number, total) => told.Add((number, total)));
        Assert.Equal((1, 1), told[^1]);
    }

    [Fact]
    public async Task A_book_that_is_not_there_is_a_finding()
    {
        await using var database = await engine.CreateAsync();
        await using var ledger = new TestLedger(database);
        Assert.Equal("books", Verifier.Verify(database.Ledger.OpenForVerification(), ledger.Book).Finding?.Table);
    }
}

public sealed class SqliteBesideWritersTests() : BesideWritersTests(StoreEngine.Sqlite);

public sealed class PostgresBesideWritersTests() : BesideWritersTests(StoreEngine.Postgres);
