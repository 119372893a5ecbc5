using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Postgres;
using Kopeck.Testing;

namespace Kopeck.Embedded.Tests;

/// <summary>What is the embedded ledger's own; that it decides as the other interfaces do is the scenario suite's.</summary>
public sealed class LedgerTests
{
    [Fact]
    public async Task A_file_that_is_opened_again_has_what_was_done()
    {
        using var folder = new Folder();
        var path = Path.Combine(folder.Path, "ledger.db");
        long wallet;
        await using (var ledger = await KopeckLedger.OpenAsync(path, new() { BaseCurrency = "USD", QuoteMaxAgeDays = 3 }))
        {
            wallet = (await ledger.RegisterAsync(new("Ada", "GB", "London") { Currency = "USD" })).Value.Wallet!.Id;
            Assert.True((await ledger.DepositAsync(new(wallet, "1.50") { Key = "d" })).IsAccepted);
        }

        await using var again = await KopeckLedger.OpenAsync(path);
        Assert.Equal(150, (await again.GetWalletAsync(wallet)).Value.Posted);
        var book = Assert.Single((await again.ListBooksAsync()).Value);
        Assert.Equal(("main", "USD", 3), (book.Book.Value, book.BaseCurrency, book.QuoteMaxAgeDays));
        Assert.Null((await again.VerifyAsync()).Finding);
    }

    [Fact]
    public async Task A_PostgreSQL_database_is_a_ledger_as_a_file_is()
    {
        var server = await PostgresServer.SharedAsync();
        var address = server.Address(await server.CreateDatabaseAsync());
        long wallet;
        await using (var ledger = await KopeckLedger.OpenAsync(PostgresDatabase.At(address)))
        {
            wallet = (await ledger.RegisterAsync(new("Ada", "GB", "London") { Currency = "EUR" })).Value.Wallet!.Id;
            var outcomes = await ledger.SubmitAsync(Enumerable.Range(0, 500).Select(index => (MoneyRequest)new DepositRequest(wallet, "1") { Key = $"d{index}" }).ToAsyncEnumerable()).ToListAsync();
            Assert.All(outcomes, outcome => Assert.True(outcome.IsAccepted));
        }

        // Two programs on one database are two nodes.
        await using var one = await KopeckLedger.OpenAsync(PostgresDatabase.At(address));
        await using var two = await KopeckLedger.OpenAsync(PostgresDatabase.At(address));
        Assert.True((await one.WithdrawAsync(new(wallet, "500") { Key = "w" })).IsAccepted);
        Assert.Equal(ErrorCode.InsufficientFunds, (await two.WithdrawAsync(new(wallet, "0.01") { Key = "x" })).Rejection!.Code);
        Assert.Equal((0, 500), ((await two.GetWalletAsync(wallet)).Value.Posted, (await two.GetWalletAsync(wallet, at: (await two.GetWalletAsync(wallet)).AsOf - 1)).Value.Posted / 100));
        Assert.Null((await two.VerifyAsync()).Finding);
    }

    [Fact]
    public async Task Asking_for_the_value_of_what_was_refused_throws_its_code()
    {
        using var folder = new Folder();
        await using var ledger = await KopeckLedger.OpenAsync(Path.Combine(folder.Path, "ledger.db"));
        var result = await ledger.DepositAsync(new(4711, "1") { Key = "d" });
        Assert.False(result.IsAccepted);
        Assert.Equal(ErrorCode.AccountNotFound, Assert.Throws<LedgerException>(() => result.Value).Code);
    }

    [Fact]
    public async Task Whoever_may_do_less_shares_the_ledger_and_closes_nothing()
    {
        using var folder = new Folder();
        await using var ledger = await KopeckLedger.OpenAsync(Path.Combine(folder.Path, "ledger.db"));
        await using (var reader = ledger.As("reader", Scopes.Read))
            Assert.Equal(ErrorCode.Forbidden, (await reader.RegisterAsync(new("Ada", "GB", "London"))).Rejection!.Code);
        await using (var operators = ledger.AsOperator("operator"))
            Assert.Equal(ErrorCode.Forbidden, (await operators.ListKeysAsync()).Rejection!.Code);
        Assert.True((await ledger.RegisterAsync(new("Ada", "GB", "London"))).IsAccepted);
    }

    [Fact]
    public async Task Books_of_one_file_are_apart()
    {
        using var folder = new Folder();
        var path = Path.Combine(folder.Path, "ledger.db");
        await using var main = await KopeckLedger.OpenAsync(path);
        Assert.NotNull((await main.OpenBookAsync(new("second", "JPY"))).Value.AdministratorKey);
        await using var second = await KopeckLedger.OpenAsync(path, new() { Book = "second" });
        Assert.True((await second.RegisterAsync(new("Ada", "GB", "London") { Currency = "JPY" })).IsAccepted);
        Assert.Empty((await main.ListAccountsAsync()).Value.Items);
        Assert.Equal(["main", "second"], (await main.ListBooksAsync()).Value.Select(row => row.Book.Value));
    }

    [Fact]
    public async Task Every_page_of_a_list_comes_and_every_operation_is_watched_while_it_is_made()
    {
        using var folder = new Folder();
        await using var ledger = await KopeckLedger.OpenAsync(Path.Combine(folder.Path, "ledger.db"));
        var ada = (await ledger.RegisterAsync(new("Ada", "GB", "London"))).Value.Customer.Id;
        var watching = Task.Run(async () =>
        {
            var numbers = new List<long>();
            await foreach (var operation in ledger.WatchAsync())
            {
                numbers.Add(operation.Number);
                if (numbers.Count == 27)
                    break;
            }

            return numbers;
        });
        foreach (var _ in Enumerable.Range(0, 25))
            await ledger.OpenWalletAsync(ada, new("EUR"));
        var listed = new List<Account>();
        await foreach (var account in KopeckLedger.EachAsync(cursor => ledger.ListAccountsAsync(new() { Limit = 7, Order = ListOrder.OldestFirst, Cursor = cursor })))
            listed.Add(account);
        Assert.Equal(25, listed.Count);
        Assert.Equal(listed.Select(account => account.Id).Order(), listed.Select(account => account.Id));
        Assert.Equal(Enumerable.Range(1, 27).Select(number => (long)number), await watching);
    }

    [Fact]
    public async Task A_program_that_takes_no_outcomes_is_asked_for_no_more_requests()
    {
        using var folder = new Folder();
        await using var ledger = await KopeckLedger.OpenAsync(Path.Combine(folder.Path, "ledger.db"));
        var wallet = (await ledger.RegisterAsync(new("Ada", "GB", "London") { Currency = "EUR" })).Value.Wallet!.Id;
        var asked = 0;
        async IAsyncEnumerable<MoneyRequest> Endless()
        {
            while (true)
                yield return new DepositRequest(wallet, "0.01") { Key = $"e{asked++}" };
#pragma warning disable CS0162 // An iterator that is asynchronous by its type alone.
            await Task.CompletedTask;
#pragma warning restore CS0162
        }

        var seen = 0;
        await foreach (var outcome in ledger.SubmitAsync(Endless()))
        {
            Assert.True(outcome.IsAccepted, outcome.Rejection?.Detail);
            if (++seen == 10_000)
                break;
        }

        // What was in the channel, in the feeder's hands and in one more batch at most.
        Assert.InRange(asked, 10_000, 10_000 + (5 * 2_000));
    }

    [Fact]
    public async Task A_source_that_breaks_breaks_the_stream_after_what_it_gave()
    {
        using var folder = new Folder();
        await using var ledger = await KopeckLedger.OpenAsync(Path.Combine(folder.Path, "ledger.db"));
        var wallet = (await ledger.RegisterAsync(new("Ada", "GB", "London") { Currency = "EUR" })).Value.Wallet!.Id;
        async IAsyncEnumerable<MoneyRequest> Broken()
        {
            yield return new DepositRequest(wallet, "1") { Key = "b1" };
            await Task.Yield();
            throw new InvalidDataException("the source broke");
        }

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var _ in ledger.SubmitAsync(Broken()))
            {
            }
        });
        Assert.InRange((await ledger.GetWalletAsync(wallet)).Value.Posted, 0, 100);
    }
}
