using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Server.Tests;
using Kopeck.V1;

namespace Kopeck.Grpc.Tests;

/// <summary>Bulk: operations in, outcomes out, in order; whoever goes away learns by his keys what was done.</summary>
public sealed class SubmitTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    const int Many = 5_000;

    static readonly int[] Sizes = [1, 7, 250, 1_000];

    [Fact]
    public async Task Thousands_on_one_connection_are_answered_in_their_order()
    {
        var (operations, headers, wallet) = await StartAsync();
        using var call = operations.Submit(headers);
        var writing = WriteAsync(
            call,
            Enumerable.Range(0, Many)
                .Select(place => place % 10 == 9 ? Deposit(wallet, "1.001", $"a{place}") : Deposit(wallet, "1", $"a{place}")).ToList());
        var outcomes = await ReadAsync(call);
        await writing;
        Assert.Equal(Many, outcomes.Count);
        for (var place = 0; place < Many; place++)
        {
            if (place % 10 == 9)
                Assert.Equal("invalid_fields", outcomes[place].Error.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
            else
                Assert.Equal($"a{place}", outcomes[place].Operation.Key);
        }

        var numbers = outcomes.Where(outcome => outcome.Operation is not null)
            .Select(outcome => long.Parse(outcome.Operation.Id, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal("4500.00", await BalanceAsync(wallet, headers));
    }

    [Fact]
    public async Task A_caller_that_goes_away_learns_by_his_keys_what_was_done()
    {
        var (operations, headers, wallet) = await StartAsync();
        var items = Enumerable.Range(0, Many).Select(place => Deposit(wallet, "1", $"b{place}")).ToList();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var cut = operations.Submit(headers);
            foreach (var chunk in items.Chunk(500))
                await cut.RequestStream.WriteAsync(new SubmitRequest { Operations = { chunk } });
            Assert.True(await cut.ResponseStream.MoveNext(CancellationToken.None));
        }

        using var call = operations.Submit(headers);
        var writing = WriteAsync(call, items);
        var outcomes = await ReadAsync(call);
        await writing;
        Assert.Equal(items.Select(item => item.Key), outcomes.Select(outcome => outcome.Operation.Key), StringComparer.Ordinal);
        Assert.Contains(outcomes, outcome => outcome.Replayed);
        Assert.Equal("5000.00", await BalanceAsync(wallet, headers));
    }

    [Fact]
    public async Task A_deadline_of_a_millisecond_leaves_nothing_half_told()
    {
        var (operations, headers, wallet) = await StartAsync();
        var told = 0;
        for (var place = 0; place < 200; place++)
        {
            try
            {
                await operations.DepositAsync(
                    Single(wallet, place), headers, TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(place % 5));
                told++;
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.DeadlineExceeded or StatusCode.Cancelled
                || exception.Status.DebugException is ObjectDisposedException)
            {
                continue;
            }
        }

        var replays = 0;
        for (var place = 0; place < 200; place++)
        {
            var again = await operations.DepositAsync(Single(wallet, place), headers);
            Assert.Equal($"c{place}", again.Operation.Key);
            replays += again.Replayed ? 1 : 0;
        }

        // Whatever was told is there, and nothing is there twice.
        Assert.True(replays >= told);
        Assert.Equal("200.00", await BalanceAsync(wallet, headers));
    }

    [Fact]
    public async Task A_caller_that_does_not_read_is_not_read_from_and_holds_up_nobody_else()
    {
        const int Wanted = 100_000;
        var (operations, headers, wallet) = await StartAsync();
        var (others, otherHeaders, otherWallet) = await StartAsync();
        using var call = operations.Submit(headers);
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (; written < Wanted; written += 100)
                await call.RequestStream.WriteAsync(
                    new SubmitRequest
                    {
                        Operations = { Enumerable.Range(written, 100).Select(place => Deposit(wallet, "0.01", $"d{place}")) }
                    });
            await call.RequestStream.CompleteAsync();
        });

        // It is stopped when it does not get on while somebody else does.
        var before = -1;
        for (var place = 0; Volatile.Read(ref written) != before; place += 20)
        {
            before = Volatile.Read(ref written);
            for (var turn = place; turn < place + 20; turn++)
                await others.DepositAsync(Single(otherWallet, turn), otherHeaders);
        }

        Assert.InRange(before, 1, Wanted - 1);
        var outcomes = await ReadAsync(call);
        await writing;
        Assert.Equal(Wanted, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Operation));
        Assert.Equal("1000.00", await BalanceAsync(wallet, headers));
    }

    [Fact]
    public async Task A_bad_message_ends_the_stream_after_all_before_it_is_answered()
    {
        var (operations, headers, wallet) = await StartAsync();
        using var call = operations.Submit(headers);
        await call.RequestStream.WriteAsync(
            new SubmitRequest
            {
                Operations =
                {
                    Deposit(wallet, "1", "e1"),
                    Deposit(wallet, "2", "e2"),
                    new Item(),
                    new Item { Deposit = new() { Wallet = wallet, Amount = new() { Amount = "1" } } }
                }
            });
        await call.RequestStream.WriteAsync(new SubmitRequest());
        var outcomes = new List<Outcome>();
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var response in call.ResponseStream.ReadAllAsync())
                outcomes.AddRange(response.Outcomes);
        });
        Assert.Equal(
            (StatusCode.InvalidArgument, "invalid_fields", "empty"), (ended.StatusCode, Ended.Of(ended).Code, Ended.Of(ended).Fields));
        Assert.Equal(
            [null, null, "invalid_fields", "key_required"],
            outcomes.Select(outcome => outcome.Error?.GetDetail<Google.Rpc.ErrorInfo>()!.Reason));
    }

    [Fact]
    public async Task A_message_that_is_too_large_ends_the_stream_after_all_before_it_is_answered()
    {
        var (operations, headers, wallet) = await StartAsync();
        using var call = operations.Submit(headers);
        await call.RequestStream.WriteAsync(new SubmitRequest { Operations = { Deposit(wallet, "1", "g1"), Deposit(wallet, "2", "g2") } });
        var large = Deposit(wallet, "1", "g3");
        large.Deposit.Description = new string('x', 17 << 20);
        // Not read to its end, so that it may break off.
        var writing = Record.ExceptionAsync(() => call.RequestStream.WriteAsync(new SubmitRequest { Operations = { large } }));
        var outcomes = new List<Outcome>();
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var response in call.ResponseStream.ReadAllAsync())
                outcomes.AddRange(response.Outcomes);
        });
        Assert.Equal((StatusCode.ResourceExhausted, "too_large"), (ended.StatusCode, Ended.Of(ended).Code));
        await writing;
        Assert.Equal(["g1", "g2"], outcomes.Select(outcome => outcome.Operation.Key));
        Assert.Equal("3.00", await BalanceAsync(wallet, headers));
    }

    [Fact]
    public async Task Revoking_the_key_ends_the_stream_and_what_was_taken_in_is_answered()
    {
        var (operations, headers, wallet) = await StartAsync();
        var admin = headers.GetValue("authorization")!["Bearer ".Length..];
        var key = (await server.SendAsync("POST", "/v1/keys", """{"name": "bulk", "scopes": ["cash"]}""", admin)).MustBe(201)["key"];
        using var call = operations.Submit(RawClient.KeyHeader(key));
        await call.RequestStream.WriteAsync(new SubmitRequest { Operations = { Deposit(wallet, "1", "f1") } });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        (await server.SendAsync("DELETE", "/v1/keys/bulk", null, admin)).MustBe(200);
        await call.RequestStream.WriteAsync(new SubmitRequest { Operations = { Deposit(wallet, "1", "f2") } });
        var ended = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal((StatusCode.Unauthenticated, "unauthorized"), (ended.StatusCode, Ended.Of(ended).Code));
        Assert.Equal("1.00", await BalanceAsync(wallet, headers));
    }

    static Item Deposit(string wallet, string amount, string key) =>
        new() { Deposit = new() { Wallet = wallet, Amount = new() { Amount = amount } }, Key = key };

    static DepositRequest Single(string wallet, int place) =>
        new() { Wallet = wallet, Amount = new() { Amount = "1" }, IdempotencyKey = $"c{place}" };

    static async Task WriteAsync(AsyncDuplexStreamingCall<SubmitRequest, SubmitResponse> call, List<Item> items)
    {
        var turn = 0;
        for (var place = 0; place < items.Count;)
        {
            var chunk = items.Skip(place).Take(Sizes[turn++ % Sizes.Length]).ToList();
            await call.RequestStream.WriteAsync(new SubmitRequest { Operations = { chunk } });
            place += chunk.Count;
        }

        await call.RequestStream.CompleteAsync();
    }

    static async Task<List<Outcome>> ReadAsync(AsyncDuplexStreamingCall<SubmitRequest, SubmitResponse> call)
    {
        var outcomes = new List<Outcome>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
            outcomes.AddRange(response.Outcomes);
        return outcomes;
    }

    /// <summary>A book of its own with an empty wallet.</summary>
    async Task<(OperationService.OperationServiceClient Operations, Metadata Headers, string Wallet)> StartAsync()
    {
        var key = await server.OpenBookAsync(server.NextName("bulk"));
        var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        var customer = await new CustomerService.CustomerServiceClient(channel)
            .RegisterCustomerAsync(new() { Name = "N", Country = "DE", City = "Bonn", Currency = "EUR" }, RawClient.KeyHeader(key));
        return (new(channel), RawClient.KeyHeader(key), customer.Wallets[0].Id);
    }

    async Task<string> BalanceAsync(string wallet, Metadata headers)
    {
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        return (
            await new AccountService.AccountServiceClient(channel).GetWalletAsync(new() { Id = wallet }, headers)).Account.Posted.Amount;
    }
}
