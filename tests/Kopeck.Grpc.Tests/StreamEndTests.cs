using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Grpc;
using Kopeck.Server.Hosting;
using Kopeck.Server.Tests;
using Kopeck.V1;
using Microsoft.AspNetCore.Builder;

namespace Kopeck.Grpc.Tests;

/// <summary>Streams end when they must: with their key, when nobody reads them, and when they are too many.</summary>
public sealed class StreamEndTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task An_idle_submission_ends_when_its_key_is_revoked()
    {
        var (_, key, book) = await OpenAsync("idle");
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        using var call = new OperationService.OperationServiceClient(channel).Submit(RawClient.KeyHeader(key));
        var reading = call.ResponseStream.MoveNext(CancellationToken.None);
        await server.Keys.RevokeAsync(book, KeyName.Parse("cashier"), TestContext.Current.CancellationToken);
        var end = await Assert.ThrowsAsync<RpcException>(() => reading.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(StatusCode.Unauthenticated, end.StatusCode);
    }

    [Fact]
    public async Task What_a_revoked_key_sent_before_and_nobody_read_moves_nothing_more()
    {
        var (wallet, key, book) = await OpenAsync("unread");
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress);
        using var call = new OperationService.OperationServiceClient(channel).Submit(RawClient.KeyHeader(key));
        var writing = Task.Run(async () =>
        {
            for (var message = 0; message < 40; message++)
                await call.RequestStream.WriteAsync(new SubmitRequest
                {
                    Operations = { Enumerable.Range(message * 1_000, 1_000).Select(place => Deposit(wallet, place)) },
                });
        });
        // Until nothing moves any more, as nobody reads.
        var (before, still) = (0L, 0);
        await Eventually.TrueAsync(async () =>
        {
            var head = (await server.HeadAsync(book)).Number;
            still = head == before && head > 1_000 ? still + 1 : 0;
            before = head;
            return still > 20;
        });
        await server.Keys.RevokeAsync(book, KeyName.Parse("cashier"), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            async () => await server.Keys.AuthenticateAsync(key, TestContext.Current.CancellationToken) is null);
        var revoked = (await server.HeadAsync(book)).Number;
        var end = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var _ in call.ResponseStream.ReadAllAsync())
                continue;
        });
        Assert.Equal(StatusCode.Unauthenticated, end.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => writing);
        Assert.Equal(revoked, (await server.HeadAsync(book)).Number);
    }

    [Fact]
    public async Task A_submission_that_is_not_read_is_let_go()
    {
        var (wallet, key, _) = await OpenAsync("deaf");
        var shares = new KeyShares { Patience = TimeSpan.FromSeconds(1) };
        await using var another = await StartAsync(shares);
        using var channel = GrpcChannel.ForAddress(another.Urls.First());
        using var call = new OperationService.OperationServiceClient(channel).Submit(RawClient.KeyHeader(key));
        var writing = Task.Run(async () =>
        {
            for (var message = 0; ; message++)
                await call.RequestStream.WriteAsync(new SubmitRequest
                {
                    Operations = { Enumerable.Range(message * 1_000, 1_000).Select(place => Deposit(wallet, place)) },
                });
        });
        await Assert.ThrowsAnyAsync<Exception>(() => writing.WaitAsync(TimeSpan.FromSeconds(60)));
        await Eventually.TrueAsync(() => shares.Streams == 0);
    }

    [Fact]
    public async Task A_key_has_so_many_streams_over_both_interfaces_together()
    {
        var (_, _, book) = await OpenAsync("many");
        var key = await server.MakeKeyAsync(book, "reader", Scopes.Read);
        var shares = new KeyShares { MostStreams = 3 };
        await using var another = await StartAsync(shares);
        using var channel = GrpcChannel.ForAddress(another.Urls.First());
        var operations = new OperationService.OperationServiceClient(channel);
        var watches = Enumerable.Range(0, 3).Select(_ => operations.Watch(new(), RawClient.KeyHeader(key))).ToList();
        foreach (var watch in watches)
            await watch.ResponseHeadersAsync;
        using var fourth = operations.Watch(new(), RawClient.KeyHeader(key));
        var refused = Ended.Of(await Assert.ThrowsAsync<RpcException>(() => fourth.ResponseStream.MoveNext(CancellationToken.None)));
        Assert.Equal((StatusCode.Unavailable, "overloaded"), (refused.Status, refused.Code));
        watches.ForEach(watch => watch.Dispose());
        await Eventually.TrueAsync(() => shares.Streams == 0);
    }

    [Fact]
    public async Task Calls_without_a_key_are_bounded_and_one_that_ends_makes_room()
    {
        using var channel = GrpcChannel.ForAddress(
            server.GrpcAddress, new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true } });
        var reflection = new ServerReflection.ServerReflectionClient(channel);
        var open = new List<AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse>>();
        RpcException? refused = null;
        for (var count = 0; count < 200 && refused is null; count++)
        {
            var call = reflection.ServerReflectionInfo();
            open.Add(call);
            try
            {
                await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
                await call.ResponseStream.MoveNext(CancellationToken.None);
            }
            catch (RpcException exception)
            {
                refused = exception;
            }
        }

        Assert.Equal((StatusCode.ResourceExhausted, "rate_limited"), (Ended.Of(refused!).Status, Ended.Of(refused!).Code));
        Assert.InRange(open.Count, 100, 150);
        open.ForEach(call => call.Dispose());
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await new Health.HealthClient(channel).CheckAsync(new());
                return true;
            }
            catch (RpcException)
            {
                return false;
            }
        });
    }

    async Task<WebApplication> StartAsync(KeyShares shares)
    {
        var another = GrpcServer.Build(
            server.Engine, server.Keys, server.Options with { Shares = shares }, TimeProvider.System, _ => { });
        await another.StartAsync(TestContext.Current.CancellationToken);
        return another;
    }

    async Task<(string Wallet, string Key, BookName Book)> OpenAsync(string name)
    {
        var admin = await server.OpenBookAsync(server.NextName(name));
        var book = server.BookOf(admin);
        var customer = (await server.SendAsync(
            "POST", "/v1/customers", """{"name": "S", "country": "DE", "city": "Bonn", "currency": "EUR"}""", admin)).MustBe(201);
        var key = await server.MakeKeyAsync(book, "cashier", Scopes.Cash);
        return (customer.Json.GetProperty("wallets")[0].GetProperty("id").GetString()!, key, book);
    }

    static Item Deposit(string wallet, int place) =>
        new() { Deposit = new() { Wallet = wallet, Amount = new() { Amount = "0.01" } }, Key = $"d{place}" };
}
