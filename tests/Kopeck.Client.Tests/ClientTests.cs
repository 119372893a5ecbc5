using System.Globalization;
using Grpc.Core;
using Kopeck.Testing;
using Kopeck.V1;
using Microsoft.Extensions.DependencyInjection;

namespace Kopeck.Client.Tests;

/// <summary>The client against a real server.</summary>
public sealed class ClientTests
{
    static readonly CancellationToken Cancelled = new(canceled: true);

    [Fact]
    public async Task What_the_ledger_refuses_is_an_exception_with_its_code()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        using var client = new KopeckClient(server.Grpc.ToString(), server.Key);
        var wallet = await OpenAsync(client);
        var poor = await Assert.ThrowsAsync<KopeckException>(() => client.WithdrawAsync(wallet, Money.Of(1m, "EUR"), key: "poor"));
        Assert.Equal(
            ("insufficient_funds", StatusCode.FailedPrecondition, false, "poor"),
            (poor.Code, poor.Status, poor.IsOutcomeUnknown, poor.IdempotencyKey));
        var wrong = await Assert.ThrowsAsync<KopeckException>(() => client.DepositAsync("x", Money.Of(1.234m, "EUR")));
        Assert.Equal("invalid_fields", wrong.Code);
        Assert.Contains(wrong.Fields, field => field.Field == "wallet" && field.Code == "bad_format");
        var batch =
            await Assert.ThrowsAsync<KopeckException>(() => client.SubmitBatchAsync([Deposit(wallet), Deposit("999999")], atomic: true));
        Assert.Equal(("batch_aborted", 1, "account_not_found"), (batch.Code, batch.Item, batch.ItemCode));
        var outcomes = await client.SubmitBatchAsync([Deposit(wallet), Deposit("999999")]);
        Assert.Equal("account_not_found", KopeckException.From(outcomes[1].Error).Code);
        Assert.Equal(1m, (await client.GetWalletAsync(wallet)).Posted.ToDecimal());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetWalletAsync(wallet, Cancelled));
        using var stranger = new KopeckClient(server.Grpc.ToString(), "kopeck_nobody");
        Assert.Equal("unauthorized", (await Assert.ThrowsAsync<KopeckException>(() => stranger.GetWalletAsync(wallet))).Code);
        await Assert.ThrowsAsync<KopeckException>(async () => await stranger.ListAccountsAsync().ToListAsync());
    }

    [Fact]
    public async Task A_hold_is_captured_in_parts_and_a_capture_is_partly_refunded()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        using var client = new KopeckClient(server.Grpc.ToString(), server.Key);
        var (wallet, shop) = (await OpenAsync(client), await OpenAsync(client));
        await client.DepositAsync(wallet, Money.Of(100m, "EUR"));
        var hold =
            (await client.PlaceHoldAsync(wallet, Money.Of(60m, "EUR"), shop, TimeSpan.FromHours(1), "room 12", key: "booking-12")).Hold;
        Assert.Equal(("60.00", shop, HoldStatus.Open), (hold.Remaining.Amount, hold.To, hold.Status));
        Assert.Equal(
            hold.Id,
            (await client.PlaceHoldAsync(wallet, Money.Of(60m, "EUR"), shop, TimeSpan.FromHours(1), "room 12", key: "booking-12")).Hold.Id);
        await client.IncreaseHoldAsync(hold.Id, 5m);
        await client.ExtendHoldAsync(hold.Id, TimeSpan.FromDays(2));
        var first = await client.CaptureHoldAsync(hold.Id, Money.Of(20m, "EUR"));
        await client.ReleaseHoldAsync(hold.Id, 5m);
        await client.CaptureHoldAsync(hold.Id, Money.Of(10m, "EUR"), final: true);
        Assert.Equal("hold_closed", (await Assert.ThrowsAsync<KopeckException>(() => client.CaptureHoldAsync(hold.Id))).Code);
        var refund = await client.ReverseAsync(first.Id, Money.Of(2.5m, "EUR"), "late");
        Assert.Equal((first.Id, 17.5m), (refund.Reverses.Id, refund.Reverses.Remaining.ToDecimal()));
        Assert.Equal([refund.Id], (await client.GetOperationAsync(first.Id)).ReversedBy.Select(reversal => reversal.Id));
        Assert.Equal(2, (await client.GetHoldAsync(hold.Id)).Captures.Count);
        Assert.Equal(45m, (await client.GetHoldAtAsync(hold.Id, Number(first))).Remaining.ToDecimal());
        Assert.Equal(
            (72.5m, 0m),
            ((await client.GetWalletAsync(wallet)).Posted.ToDecimal(), (await client.GetWalletAsync(wallet)).Held.ToDecimal()));
        Assert.Equal(hold.Id, Assert.Single(await client.ListHoldsAsync(new() { Account = wallet }).ToListAsync()).Id);
    }

    [Fact]
    public async Task Lists_are_read_through_all_their_pages()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        using var client = new KopeckClient(server.Grpc.ToString(), server.Key);
        var wallet = await OpenAsync(client);
        await client.SubmitBatchAsync(Enumerable.Range(0, 25).Select(_ => Deposit(wallet)));
        var operations = await client.ListOperationsAsync(
            new ListOperationsRequest { Account = wallet, Kind = OperationKind.Deposit, Limit = 10, Order = SortOrder.Asc })
            .ToListAsync();
        Assert.Equal(25, operations.Count);
        Assert.Equal(operations.Select(Number).Order(), operations.Select(Number));
        Assert.Single(await client.ListCustomersAsync().ToListAsync());
        Assert.Equal(
            wallet, Assert.Single(await client.ListWalletsAsync((await client.ListCustomersAsync().ToListAsync())[0].Id).ToListAsync()).Id);
        Assert.Equal(1m, (await client.GetWalletAtAsync(wallet, Number(operations[0]))).Posted.ToDecimal());
    }

    [Fact]
    public async Task Statements_and_reports_are_written_to_a_stream()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        using var client = new KopeckClient(server.Grpc.ToString(), server.Key);
        var wallet = await OpenAsync(client);
        await client.DepositAsync(wallet, Money.Of(12.34m, "EUR"), "for a statement");
        using var statement = new MemoryStream();
        Assert.EndsWith(
            ".csv", await client.WriteWalletStatementAsync(new GetWalletStatementRequest { Id = wallet, Format = "csv" }, statement),
            StringComparison.Ordinal);
        var text = System.Text.Encoding.UTF8.GetString(statement.ToArray());
        Assert.Equal(
            (await server.GetAsync($"/v1/wallets/{wallet}/statement?format=csv")).Body.TrimStart('\uFEFF'), text.TrimStart('\uFEFF'));
        Assert.Contains("for a statement", text, StringComparison.Ordinal);
        foreach (var write in new Func<Stream, Task<string>>[]
        {
            output => client.WriteCustomerStatementAsync(new GetCustomerStatementRequest { Id = "2", Format = "json" }, output),
            output => client.WriteReportAsync(new GetReportRequest { Name = "Ada Lovelace", Format = "json" }, output),
            output => client.WriteTrialBalanceAsync(new GetTrialBalanceRequest { Format = "json" }, output),
            output => client.WriteExchangePositionsAsync(new GetExchangePositionsRequest { Format = "json" }, output),
            output => client.WriteTurnoverAsync(new GetTurnoverRequest { Format = "json" }, output),
            output => client.WritePostingsAsync(new GetPostingsRequest { Format = "json", Tz = "Europe/Moscow" }, output),
            output => client.WriteAccountStatementAsync(new GetAccountStatementRequest { Id = wallet, Format = "json" }, output),
        })
        {
            using var file = new MemoryStream();
            Assert.EndsWith(".json", await write(file), StringComparison.Ordinal);
            Assert.NotNull(System.Text.Json.Nodes.JsonNode.Parse(file.ToArray()));
        }

        Assert.Equal(
            "not_found",
            (
                await Assert.ThrowsAsync<KopeckException>(
                    () => client.WriteWalletStatementAsync(new GetWalletStatementRequest { Id = "999" }, Stream.Null))).Code);
    }

    [Fact]
    public async Task Over_connections_that_break_again_and_again_everything_is_done_once()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        await using var relay = new Relay(server.Grpc);
        using var client = new KopeckClient(
            new KopeckClientOptions
            {
                Address = relay.Address,
                Key = server.Key,
                Retries = 30,
                RetryDelay = TimeSpan.FromMilliseconds(5),
                MaxRetryDelay = TimeSpan.FromMilliseconds(50)
            });
        var wallet = await OpenAsync(client);
        var done = 0;
        var working = Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var turn = 0; turn < 50; turn++)
            {
                await client.DepositAsync(wallet, Money.Of(1m, "EUR"));
                Interlocked.Increment(ref done);
            }
        }));
        await CutAsync(relay, working, () => Volatile.Read(ref done), 20);
        Assert.True(relay.Cuts >= 5, $"{relay.Cuts} cuts");
        Assert.Equal(400m, (await client.GetWalletAsync(wallet)).Posted.ToDecimal());
    }

    [Fact]
    public async Task Bulk_over_connections_that_break_is_answered_in_order_and_done_once()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        await using var relay = new Relay(server.Grpc);
        using var client = new KopeckClient(
            new KopeckClientOptions
            {
                Address = relay.Address,
                Key = server.Key,
                Retries = 30,
                RetryDelay = TimeSpan.FromMilliseconds(5),
                MaxRetryDelay = TimeSpan.FromMilliseconds(50)
            });
        var wallet = await OpenAsync(client);
        const int Many = 20_000;
        var outcomes = new List<Outcome>();
        var working = Task.Run(async () =>
        {
            await foreach (var outcome in client.SubmitAsync(Numbered(wallet, Many)))
            {
                lock (outcomes)
                    outcomes.Add(outcome);
            }
        });
        await CutAsync(relay, working, () => outcomes.Count, 1_500);
        Assert.True(relay.Cuts >= 3, $"{relay.Cuts} cuts");
        Assert.Equal(Enumerable.Range(0, Many).Select(place => $"bulk {place}"), outcomes.Select(outcome => outcome.Operation.Description));
        Assert.Equal(Many, (await client.GetWalletAsync(wallet)).Posted.ToDecimal());
    }

    [Fact]
    public async Task Bulk_of_large_items_is_sent_in_messages_that_the_server_takes_over_connections_that_break()
    {
        const int Many = 1_200;
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        await using var relay = new Relay(server.Grpc);
        using var client = new KopeckClient(
            new KopeckClientOptions
            {
                Address = relay.Address,
                Key = server.Key,
                Retries = 30,
                RetryDelay = TimeSpan.FromMilliseconds(5),
                MaxRetryDelay = TimeSpan.FromMilliseconds(50)
            });
        // Some 50 KB each, 500 of which are more than the server takes in a message; and quickly decided.
        const string Nobody = "999999999999999999";
        var posting = new Posting { Legs = { Enumerable.Repeat(new Leg { From = Nobody, To = Nobody[1..], Amount = "1000.01" }, 1_000) } };
        async IAsyncEnumerable<Item> Postings()
        {
            for (var place = 0; place < Many; place++)
            {
                if (place == Many / 2)
                    relay.Cut();
                yield return new Item { Posting = posting };
            }

            await Task.CompletedTask;
        }

        var outcomes = await client.SubmitAsync(Postings()).ToListAsync();
        Assert.Equal(Many, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal("account_not_found", KopeckException.From(outcome.Error).Code));
        Assert.Equal(1, relay.Cuts);
    }

    [Fact]
    public async Task An_error_of_the_source_of_bulk_reaches_the_reader()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        using var client = new KopeckClient(server.Grpc.ToString(), server.Key);
        var wallet = await OpenAsync(client);
        async IAsyncEnumerable<Item> FailAsync()
        {
            await foreach (var item in Numbered(wallet, 10))
                yield return item;
            throw new FormatException("the file is damaged");
        }

        await Assert.ThrowsAsync<FormatException>(async () => await client.SubmitAsync(FailAsync()).ToListAsync());
    }

    [Fact]
    public async Task The_journal_is_followed_over_kills_and_restarts_each_operation_once()
    {
        using var folder = new Folder();
        var server = await Server.StartAsync(folder);
        await using var relay = new Relay(server.Grpc);
        using var client = new KopeckClient(
            new KopeckClientOptions
            {
                Address = relay.Address,
                Key = server.Key,
                Retries = 1_000,
                RetryDelay = TimeSpan.FromMilliseconds(5),
                MaxRetryDelay = TimeSpan.FromMilliseconds(50)
            });
        var wallet = await OpenAsync(client);
        using var over = new CancellationTokenSource();
        var seen = new List<long>();
        var following = Task.Run(async () =>
        {
            await foreach (var operation in client.WatchAsync(0, over.Token))
            {
                lock (seen)
                    seen.Add(Number(operation));
            }
        });
        long last = 0;
        for (var kill = 0; kill < 3; kill++)
        {
            for (var turn = 0; turn < 20; turn++)
                last = Number(await client.DepositAsync(wallet, Money.Of(1m, "EUR")));
            server.Kill();
            await server.DisposeAsync();
            server = await Server.StartAsync(folder);
            relay.Target = server.Grpc;
        }

        last = Number(await client.DepositAsync(wallet, Money.Of(1m, "EUR")));
        await Checks.EventuallyAsync(() => Task.FromResult(seen.Count >= last), "the journal's end to be seen");
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Equal(Enumerable.Range(1, (int)last).Select(number => (long)number), seen);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_deadline_that_is_too_short_leaves_nothing_half_told()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        using var client = new KopeckClient(server.Grpc.ToString(), server.Key);
        var wallet = await OpenAsync(client);
        var late = 0;
        for (var turn = 0; turn < 200; turn++)
        {
            var request = new DepositRequest { Wallet = wallet, Amount = Money.Of(1m, "EUR"), IdempotencyKey = $"short-{turn}" };
            try
            {
                await client.Operations.DepositAsync(request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(1));
            }
            catch (KopeckException exception) when (exception.Status == StatusCode.DeadlineExceeded)
            {
                Assert.True(exception.IsOutcomeUnknown);
                late++;
            }

            await client.DepositAsync(wallet, Money.Of(1m, "EUR"), key: request.IdempotencyKey);
            Assert.Equal(turn + 1, (await client.GetWalletAsync(wallet)).Posted.ToDecimal());
        }

        Assert.True(late > 0, "no deadline passed");
    }

    [Fact]
    public void A_key_is_not_sent_in_clear_to_another_machine()
    {
        Assert.Throws<ArgumentException>(() => new KopeckClient("http://ledger.example:5081", "kopeck_x"));
        Assert.Throws<ArgumentException>(() => new KopeckClient("ftp://127.0.0.1", "kopeck_x"));
        Assert.Throws<ArgumentException>(() => new KopeckClient("http://127.0.0.1:5081", " "));
        using var secured = new KopeckClient("https://ledger.example:5081", "kopeck_x");
        using var trusted = new KopeckClient(
            new KopeckClientOptions { Address = new Uri("http://ledger.example:5081"), Key = "kopeck_x", AllowPlainText = true });
    }

    [Fact]
    public void A_container_makes_one_client()
    {
        using var container = new ServiceCollection().AddKopeckClient(options => options.Key = "kopeck_x").BuildServiceProvider();
        Assert.Same(container.GetRequiredService<KopeckClient>(), container.GetRequiredService<KopeckClient>());
    }

    [Fact]
    public void A_container_refuses_bad_options_at_once() =>
        Assert.Contains(
            "API key", Assert.Throws<ArgumentException>(() => new ServiceCollection().AddKopeckClient(options => options.Key = "")).Message,
            StringComparison.Ordinal);

    static async Task CutAsync(Relay relay, Task working, Func<int> progress, int step)
    {
        for (var next = step; !working.IsCompleted; next = progress() + step)
        {
            await Checks.EventuallyAsync(() => Task.FromResult(working.IsCompleted || progress() >= next), "progress");
            relay.Cut();
        }

        await working;
    }

    static async Task<string> OpenAsync(KopeckClient client) =>
        (
            await client.RegisterCustomerAsync(
                new() { Name = "Ada Lovelace", Country = "GB", City = "London", Currency = "EUR" })).Wallets[0].Id;

    static Item Deposit(string wallet) =>
        new() { Deposit = new Deposit { Wallet = wallet, Amount = Money.Of(1m, "EUR") }, Key = Guid.CreateVersion7().ToString() };

    static async IAsyncEnumerable<Item> Numbered(string wallet, int count)
    {
        for (var place = 0; place < count; place++)
            yield return new Item
            {
                Deposit = new Deposit { Wallet = wallet, Amount = Money.Of(1m, "EUR"), Description = $"bulk {place}" }
            };
        await Task.CompletedTask;
    }

    static long Number(Operation operation) => long.Parse(operation.Id, CultureInfo.InvariantCulture);
}
