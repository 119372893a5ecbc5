using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Api.Values;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Postgres;
using Kopeck.Testing;

namespace Kopeck.Embedded.Tests;

/// <summary>What is the embedded ledger's own; that it decides as the other interfaces do is the scenario suite's.</summary>
public sealed class LedgerTests
{
    static readonly System.Text.Json.JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task A_file_that_is_opened_again_has_what_was_done()
    {
        using var folder = new Folder();
        var path = Path.Combine(folder.Path, "ledger.db");
        long wallet;
        var terms = new LedgerOptions { BaseCurrency = "USD", QuoteMaxAgeDays = 3, TimeZone = "Europe/Moscow" };
        await using (var ledger = await KopeckLedger.OpenAsync(path, terms))
        {
            wallet = (await ledger.DoAsync(Ada("USD"))).Value.Wallet!.Id!.Value;
            Assert.True((await ledger.DoAsync(new DepositRequest { Wallet = wallet, Amount = "1.50", Key = "d" })).IsAccepted);
        }

        await using var again = await KopeckLedger.OpenAsync(path);
        Assert.Equal(1.50m, (await again.DoAsync(new GetWalletRequest { Id = wallet })).Value.Posted.Amount);
        var book = Assert.Single((await again.DoAsync(new ListBooksRequest())).Value.Items);
        Assert.Equal(("main", "USD", 3, "Europe/Moscow"), (book.Name, book.BaseCurrency, book.QuoteMaxAgeDays, book.TimeZone));
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
            wallet = (await ledger.DoAsync(Ada("EUR"))).Value.Wallet!.Id!.Value;
            var outcomes = await ledger.SubmitAsync(
                Enumerable.Range(0, 500)
                    .Select(index => (MoneyRequest)new DepositRequest { Wallet = wallet, Amount = "1", Key = $"d{index}" })
                    .ToAsyncEnumerable())
                .ToListAsync();
            Assert.All(outcomes, outcome => Assert.True(outcome.IsAccepted));
        }

        // Two programs on one database are two nodes.
        await using var one = await KopeckLedger.OpenAsync(PostgresDatabase.At(address));
        await using var two = await KopeckLedger.OpenAsync(PostgresDatabase.At(address));
        Assert.True((await one.DoAsync(new WithdrawalRequest { Wallet = wallet, Amount = "500", Key = "w" })).IsAccepted);
        Assert.Equal(
            ErrorCode.InsufficientFunds,
            (await two.DoAsync(new WithdrawalRequest { Wallet = wallet, Amount = "0.01", Key = "x" })).Rejection!.Code);
        var now = (await two.DoAsync(new GetWalletRequest { Id = wallet })).Value;
        Assert.Equal(
            (0, 500),
            (now.Posted.Amount, (await two.DoAsync(new GetWalletRequest { Id = wallet, At = now.AsOf!.Value - 1 })).Value.Posted.Amount));
        Assert.Null((await two.VerifyAsync()).Finding);
    }

    [Fact]
    public async Task A_hold_is_captured_in_parts_and_a_capture_is_partly_refunded()
    {
        using var folder = new Folder();
        await using var ledger = await KopeckLedger.OpenAsync(Path.Combine(folder.Path, "ledger.db"));
        var ada = (await ledger.DoAsync(Ada("EUR"))).Value;
        var (wallet, shop) =
            (ada.Wallet!.Id!.Value, (await ledger.DoAsync(new OpenWalletRequest { Id = ada.Id, Currency = "EUR" })).Value.Id!.Value);
        Assert.True((await ledger.DoAsync(new DepositRequest { Wallet = wallet, Amount = 100m, Key = "d" })).IsAccepted);
        var hold = (
            await ledger.DoAsync(
                new PlaceHoldRequest
                {
                    From = wallet,
                    Amount = 60.5m,
                    MaxAmount = 70m,
                    To = shop,
                    ExpiresInSeconds = 60,
                    Key = "h"
                })).Value.Hold!;
        Assert.Equal((60.50m, 70.00m, shop, false), (hold.Remaining.Amount, hold.MaxAmount!.Value.Amount, hold.To!.Value, hold.ToCash));
        Assert.True((await ledger.DoAsync(new IncreaseHoldRequest { Id = hold.Id, By = 4.5m, Key = "i" })).IsAccepted);
        Assert.Null(
            (await ledger.DoAsync(new ExtendHoldRequest { Id = hold.Id, ExpiresAt = LedgerEnd.Never, Key = "e" })).Value.Hold!.ExpiresAt);
        var capture = (await ledger.DoAsync(new CaptureHoldRequest { Id = hold.Id, Amount = 20m, Key = "c1" })).Value;
        Assert.True((await ledger.DoAsync(new ReleaseHoldRequest { Id = hold.Id, Amount = 5m, Key = "r" })).IsAccepted);
        var last =
            (await ledger.DoAsync(new CaptureHoldRequest { Id = hold.Id, Legs = [new(shop, 10m)], Final = true, Key = "c2" })).Value.Hold!;
        Assert.Equal((HoldStatus.Captured, 30.00m, 35.00m), (last.Status, last.Captured.Amount, last.Released.Amount));
        Assert.Equal(ErrorCode.HoldClosed, (await ledger.DoAsync(new CaptureHoldRequest { Id = hold.Id, Key = "c3" })).Rejection!.Code);

        var refund =
            (await ledger.DoAsync(new ReverseOperationRequest { Id = capture.Id, Amount = 2.5m, Reason = "late", Key = "v" })).Value;
        Assert.Equal(
            (capture.Id, 2.50m, "late"), (refund.Reverses!.Id, refund.Reverses.Taken.Amount!.Value.Amount, refund.Reverses.Reason));
        var original = (await ledger.DoAsync(new GetOperationRequest { Id = capture.Id })).Value;
        Assert.Equal(
            (ReversedState.Partly, 17.50m, refund.Id),
            (
                original.Reversibility!.State, original.Reversibility.Reversible.Amount!.Value.Amount,
                original.Reversibility.ReversedBy[0].Id));
        var now = (await ledger.DoAsync(new GetWalletRequest { Id = wallet })).Value;
        var then = (await ledger.DoAsync(new GetWalletRequest { Id = wallet, At = capture.Id!.Value })).Value;
        Assert.Equal((72.50m, 0m), (now.Posted.Amount, now.Held.Amount));
        Assert.Equal((80m, 45m, 35m), (then.Posted.Amount, then.Held.Amount, then.Available!.Value.Amount));
        Assert.Equal(
            hold.Id,
            Assert.Single((await ledger.DoAsync(new ListHoldsRequest { Account = wallet, Status = HoldStatus.Captured })).Value.Items).Id);
        Assert.Equal(
            ErrorCode.InvalidFields,
            (
                await ledger.DoAsync(
                    new CaptureHoldRequest { Id = hold.Id, Amount = 1m, Legs = [new(shop, 1m)], Key = "c4" })).Rejection!.Code);
        Assert.Null((await ledger.VerifyAsync()).Finding);
    }

    [Fact]
    public async Task Asking_for_the_value_of_what_was_refused_throws_its_code()
    {
        using var folder = new Folder();
        await using var ledger = await KopeckLedger.OpenAsync(Path.Combine(folder.Path, "ledger.db"));
        var result = await ledger.DoAsync(new DepositRequest { Wallet = 4711, Amount = "1", Key = "d" });
        Assert.False(result.IsAccepted);
        Assert.Equal(ErrorCode.AccountNotFound, Assert.Throws<LedgerException>(() => result.Value).Code);
    }

    [Fact]
    public async Task Whoever_may_do_less_shares_the_ledger_and_closes_nothing()
    {
        using var folder = new Folder();
        await using var ledger = await KopeckLedger.OpenAsync(Path.Combine(folder.Path, "ledger.db"));
        await using (var reader = ledger.As("reader", Scopes.Read))
            Assert.Equal(ErrorCode.Forbidden, (await reader.DoAsync(Ada())).Rejection!.Code);
        await using (var operators = ledger.AsOperator("operator"))
            Assert.Equal(ErrorCode.Forbidden, (await operators.DoAsync(new ListKeysRequest())).Rejection!.Code);
        Assert.True((await ledger.DoAsync(Ada())).IsAccepted);
    }

    [Fact]
    public async Task Books_of_one_file_are_apart()
    {
        using var folder = new Folder();
        var path = Path.Combine(folder.Path, "ledger.db");
        await using var main = await KopeckLedger.OpenAsync(path);
        Assert.NotNull((await main.DoAsync(new OpenBookRequest { Name = "second", BaseCurrency = "JPY" })).Value.Secret);
        await using var second = await KopeckLedger.OpenAsync(path, new() { Book = "second" });
        Assert.True((await second.DoAsync(Ada("JPY"))).IsAccepted);
        Assert.Empty((await main.DoAsync(new ListAccountsRequest())).Value.Items);
        Assert.Equal(["main", "second"], (await main.DoAsync(new ListBooksRequest())).Value.Items.Select(book => book.Name));
    }

    [Fact]
    public async Task Every_page_of_a_list_comes_and_every_operation_is_watched_while_it_is_made()
    {
        using var folder = new Folder();
        await using var ledger = await KopeckLedger.OpenAsync(Path.Combine(folder.Path, "ledger.db"));
        var ada = (await ledger.DoAsync(Ada())).Value.Id!.Value;
        var watching = Task.Run(async () =>
        {
            var numbers = new List<long>();
            await foreach (var operation in ledger.WatchAsync())
            {
                numbers.Add(operation.Id!.Value);
                if (numbers.Count == 27)
                    break;
            }

            return numbers;
        });
        foreach (var _ in Enumerable.Range(0, 25))
            await ledger.DoAsync(new OpenWalletRequest { Id = ada, Currency = "EUR" });
        var listed = new List<AccountAnswer>();
        await foreach (var account in ledger.EachAsync(new ListAccountsRequest { Limit = 7, Order = ListOrder.OldestFirst }))
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
        var wallet = (await ledger.DoAsync(Ada("EUR"))).Value.Wallet!.Id!.Value;
        var asked = 0;
        async IAsyncEnumerable<MoneyRequest> Endless()
        {
            while (true)
                yield return new DepositRequest { Wallet = wallet, Amount = "0.01", Key = $"e{asked++}" };
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
        var wallet = (await ledger.DoAsync(Ada("EUR"))).Value.Wallet!.Id!.Value;
        async IAsyncEnumerable<MoneyRequest> Broken()
        {
            yield return new DepositRequest { Wallet = wallet, Amount = "1", Key = "b1" };
            await Task.Yield();
            throw new InvalidDataException("the source broke");
        }

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var _ in ledger.SubmitAsync(Broken()))
            {
            }
        });
        Assert.InRange((await ledger.DoAsync(new GetWalletRequest { Id = wallet })).Value.Posted.Amount, 0, 1);
    }

    [Fact]
    public async Task Answers_are_exact_decimals_with_their_currency_and_serialise_as_the_server_answers()
    {
        using var folder = new Folder();
        await using var ledger = await KopeckLedger.OpenAsync(Path.Combine(folder.Path, "ledger.db"));
        var wallet = (await ledger.DoAsync(Ada("JPY"))).Value.Wallet!.Id!.Value;
        var deposit = (await ledger.DoAsync(new DepositRequest { Wallet = wallet, Amount = 1_000_000_000_000_000m, Key = "d" })).Value;
        Assert.Equal("1000000000000000 JPY", deposit.Entries.Single(entry => entry.Account == wallet).Balance.ToString());
        Assert.Equal(
            ErrorCode.InvalidFields,
            (await ledger.DoAsync(new DepositRequest { Wallet = wallet, Amount = 1.0m, Key = "e" })).Rejection!.Code);
        var account = (await ledger.DoAsync(new GetWalletRequest { Id = wallet })).Value;
        Assert.Equal(account.ToJson(), System.Text.Json.JsonSerializer.Serialize(account, Relaxed));
        Assert.Contains("\"posted\":\"1000000000000000\"", account.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_told_all_at_once_with_its_places()
    {
        using var folder = new Folder();
        await using var ledger = await KopeckLedger.OpenAsync(Path.Combine(folder.Path, "ledger.db"));
        var refused = await ledger.DoAsync(new TransferRequest { From = "007", Amount = "1e2", Currency = "XYZ", Key = "t" });
        Assert.Equal(
            ["/from bad_format", "/to required", "/amount exponent", "/currency unknown_currency"],
            refused.Rejection!.Fields.Select(field => $"{field.Pointer} {field.Code}"));
        Assert.Equal(ErrorCode.KeyRequired, (await ledger.DoAsync(new TransferRequest())).Rejection!.Code);
    }

    [Fact]
    public void A_copy_of_a_request_is_a_request_of_its_own()
    {
        var ada = Ada();
        var other = ada with { Name = "Grace" };
        Assert.Equal(("Ada", "Grace"), (ada.Name, other.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("file::memory:?cache=shared")]
    public async Task What_is_no_path_of_a_file_is_refused_by_its_name(string path)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => KopeckLedger.OpenAsync(path));
        Assert.Contains($"\"{path}\" is no path", refused.Message, StringComparison.Ordinal);
        Assert.False(path.Length > 0 && File.Exists(path));
    }

    static RegisterCustomerRequest Ada(string? currency = null) =>
        new() { Name = "Ada", Country = "GB", City = "London", Currency = currency };
}
