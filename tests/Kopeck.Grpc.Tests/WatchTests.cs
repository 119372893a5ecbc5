using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Engine;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Server.Tests;
using Kopeck.Sqlite;
using Kopeck.V1;
using Microsoft.Extensions.Logging.Abstractions;
using Metadata = Grpc.Core.Metadata;

namespace Kopeck.Grpc.Tests;

/// <summary>The journal's feed: each operation once, in order, whoever writes it, wherever one begins.</summary>
public sealed class WatchTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task What_is_there_comes_first_then_what_is_written_while_one_watches()
    {
        var (headers, wallet) = await StartAsync(1_200);
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        var operations = new OperationService.OperationServiceClient(channel);
        using var fromStart = operations.Watch(new(), headers);
        using var fromMiddle = operations.Watch(new() { After = 700 }, headers);
        var writing = DepositAsync(operations, headers, wallet, 300);
        Assert.Equal(Enumerable.Range(1, 1_500).Select(number => (long)number), await TakeAsync(fromStart, 1_500));
        Assert.Equal(Enumerable.Range(701, 800).Select(number => (long)number), await TakeAsync(fromMiddle, 800));
        await writing;
    }

    [Fact]
    public async Task What_another_node_writes_is_seen_too()
    {
        var (headers, wallet) = await StartAsync(10);
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        using var watch = new OperationService.OperationServiceClient(channel).Watch(new() { After = 10 }, headers);
        await watch.ResponseHeadersAsync;
        await using var store = new SqliteStore(server.DatabasePath);
        await using var other =
            new LedgerEngine(store, new EngineOptions(), TimeProvider.System, new RandomSalts(), NullLogger<LedgerEngine>.Instance);
        var caller =
            new Caller(server.BookOf(headers.GetValue("authorization")!["Bearer ".Length..]), KeyName.Parse("other"), Scopes.Admin);
        Assert.True(DecimalAmount.TryParse("1", out var amount, out _));
        foreach (var place in Enumerable.Range(0, 50))
        {
            var outcome = await other.SubmitAsync(
                caller,
                new Request
                {
                    Command = new Ledger.Kinds.Deposit(long.Parse(wallet, CultureInfo.InvariantCulture), amount, null),
                    Key = IdempotencyKey.Parse($"o{place}")
                });
            Assert.True(outcome.IsAccepted);
        }

        Assert.Equal(Enumerable.Range(11, 50).Select(number => (long)number), await TakeAsync(watch, 50));
    }

    [Fact]
    public async Task A_bug_in_looking_at_the_head_does_not_end_the_looking()
    {
        var (headers, wallet) = await StartAsync(5);
        var failures = 0;
        var (store, watched) = WatchedStore.Around(server.Store);
        watched.NextFailure = method =>
            method == nameof(ILedgerStore.ReadHeadsAsync)
                && Interlocked.Increment(ref failures) <= 3 ? new InvalidOperationException("a bug") : null;
        await using var other =
            new LedgerEngine(store, new EngineOptions(), TimeProvider.System, new RandomSalts(), NullLogger<LedgerEngine>.Instance);
        var book = server.BookOf(headers.GetValue("authorization")!["Bearer ".Length..]);
        await using var pages = other.WatchAsync(book, 5, TimeSpan.FromHours(1), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = pages.MoveNextAsync().AsTask();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (Volatile.Read(ref failures) <= 3)
            await timer.WaitForNextTickAsync(patience.Token);
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        await DepositAsync(new(channel), headers, wallet, 1);
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.Equal(6, pages.Current[0].Number);
    }

    [Fact]
    public async Task Revoking_the_key_ends_the_feed_though_nothing_happens()
    {
        var (headers, _) = await StartAsync(5);
        var admin = headers.GetValue("authorization")!["Bearer ".Length..];
        var key = (await server.SendAsync("POST", "/v1/keys", """{"name": "feed", "scopes": ["read"]}""", admin)).MustBe(201)["key"];
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        using var watch = new OperationService.OperationServiceClient(channel).Watch(new() { After = 5 }, RawClient.KeyHeader(key));
        await watch.ResponseHeadersAsync;
        (await server.SendAsync("DELETE", "/v1/keys/feed", null, admin)).MustBe(200);
        var ended = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal((StatusCode.Unauthenticated, "unauthorized"), (ended.StatusCode, Ended.Of(ended).Code));
    }

    [Fact]
    public async Task A_number_beyond_the_end_is_refused_and_a_stopping_server_ends_the_feed()
    {
        await using var stopping = new ServerFixture();
        await stopping.InitializeAsync();
        using var channel = GrpcChannel.ForAddress(stopping.GrpcAddress);
        var operations = new OperationService.OperationServiceClient(channel);
        var headers = RawClient.KeyHeader(stopping.Main.Key);
        var head = (await stopping.HeadAsync(stopping.BookOf(stopping.Main.Key))).Number;
        using (var beyond = operations.Watch(new() { After = head + 1 }, headers))
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => beyond.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(("invalid_query", "in_the_future"), (Ended.Of(refused).Code, Ended.Of(refused).Fields));
        }

        using var watch = operations.Watch(new() { After = head }, headers);
        using var submit = operations.Submit(headers);
        await watch.ResponseHeadersAsync;
        await submit.RequestStream.WriteAsync(
            new SubmitRequest
            {
                Operations =
                    { new Item { Deposit = new() { Wallet = stopping.Main["wallet"], Amount = new() { Amount = "1" } }, Key = "last" } }
            });
        Assert.True(await submit.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        var stop = stopping.StopGrpcAsync();
        foreach (var ended
            in new[]
            {
                await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(CancellationToken.None)),
                await Assert.ThrowsAsync<RpcException>(() => submit.ResponseStream.MoveNext(CancellationToken.None))
            })
        {
            // Or the connection was closed before its last words were read.
            Assert.True(
                (ended.StatusCode, Ended.Of(ended).Code) is (StatusCode.Unavailable, "storage_unavailable")
                    or (StatusCode.Internal or StatusCode.Unavailable, null),
                ended.ToString());
        }

        await stop;
    }

    /// <summary>The numbers of the next operations.</summary>
    static async Task<List<long>> TakeAsync(AsyncServerStreamingCall<WatchResponse> watch, int count)
    {
        var numbers = new List<long>();
        while (numbers.Count < count && await watch.ResponseStream.MoveNext(CancellationToken.None))
            numbers.AddRange(
                watch.ResponseStream.Current.Operations.Select(operation => long.Parse(operation.Id, CultureInfo.InvariantCulture)));
        return numbers;
    }

    static async Task DepositAsync(OperationService.OperationServiceClient operations, Metadata headers, string wallet, int count)
    {
        using var call = operations.Submit(headers);
        var reading = Task.Run(async () =>
        {
            await foreach (var _ in call.ResponseStream.ReadAllAsync())
                continue;
        });
        foreach (var chunk in Enumerable.Range(0, count).Chunk(500))
            await call.RequestStream.WriteAsync(
                new SubmitRequest
                {
                    Operations =
                    {
                        chunk.Select(
                            place =>
                                new Item
                                {
                                    Deposit = new() { Wallet = wallet, Amount = new() { Amount = "1" } },
                                    Key = Guid.CreateVersion7().ToString()
                                })
                    }
                });
        await call.RequestStream.CompleteAsync();
        await reading;
    }

    /// <summary>A book of its own whose journal reaches a number.</summary>
    async Task<(Metadata Headers, string Wallet)> StartAsync(int length)
    {
        var headers = RawClient.KeyHeader(await server.OpenBookAsync(server.NextName("watched")));
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        // The opening, the customer, its wallet; and with the first deposit the account of the outside world.
        var customer = await new CustomerService.CustomerServiceClient(channel)
            .RegisterCustomerAsync(new() { Name = "N", Country = "DE", City = "Bonn", Currency = "EUR" }, headers);
        await DepositAsync(new(channel), headers, customer.Wallets[0].Id, length - 4);
        return (headers, customer.Wallets[0].Id);
    }
}
