using System.Diagnostics;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using Kopeck.Engine;
using Kopeck.Server.Grpc;
using Kopeck.Server.Tests;
using Kopeck.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.Grpc.Tests;

/// <summary>Whoever has no key cannot make the server work hard or hold much.</summary>
public sealed class PublicServiceTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Health_and_reflection_take_small_messages_and_other_services_no_larger_ones_than_their_calls()
    {
        using var channel = GrpcChannel.ForAddress(server.GrpcAddress, new GrpcChannelOptions { MaxSendMessageSize = null });
        var name = new string('x', 65 << 10);
        AssertTooLarge(
            65_536,
            await Assert.ThrowsAsync<RpcException>(
                async () => await new Health.HealthClient(channel).CheckAsync(new() { Service = name })));
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = name });
        AssertTooLarge(65_536, await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None)));
        var headers = RawClient.KeyHeader(server.Main.Key);
        var large = new string('x', 2 << 20);
        AssertTooLarge(
            1_048_576,
            await Assert.ThrowsAsync<RpcException>(
                async () =>
                    await new CustomerService.CustomerServiceClient(channel).RegisterCustomerAsync(new() { Name = large }, headers)));
        var operations = new OperationService.OperationServiceClient(channel);
        AssertTooLarge(
            1_048_576,
            await Assert.ThrowsAsync<RpcException>(async () => await operations.DepositAsync(new() { Description = large }, headers)));
        var huge = new SubmitBatchRequest { IdempotencyKey = new string('x', 17 << 20) };
        AssertTooLarge(16_777_216, await Assert.ThrowsAsync<RpcException>(async () => await operations.SubmitBatchAsync(huge, headers)));
    }

    [Fact]
    public async Task Many_who_watch_the_health_ask_the_store_once_a_second()
    {
        var (store, watched) = WatchedStore.Around(server.Store);
        await using var engine =
            new LedgerEngine(store, new EngineOptions(), TimeProvider.System, new RandomSalts(), NullLogger<LedgerEngine>.Instance);
        await using var app = GrpcServer.Build(engine, server.Keys, server.Options, TimeProvider.System, _ => { });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var channel = GrpcChannel.ForAddress(app.Urls.First());
        var health = new Health.HealthClient(channel);
        var time = Stopwatch.StartNew();
        var watches = Enumerable.Range(0, 100).Select(_ => health.Watch(new())).ToList();
        foreach (var watch in watches)
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        // Each waits a second and asks again.
        while (watched.Calls("CheckAsync") < 3)
            await health.CheckAsync(new());
        Assert.InRange(watched.Calls("CheckAsync"), 3, time.Elapsed.TotalSeconds + 1);
        foreach (var watch in watches)
            watch.Dispose();
    }

    static void AssertTooLarge(int limit, RpcException refused)
    {
        Assert.Equal((StatusCode.ResourceExhausted, "too_large"), (refused.StatusCode, Ended.Of(refused).Code));
        Assert.Contains(
            limit.ToString(System.Globalization.CultureInfo.InvariantCulture), refused.GetRpcStatus()!.Message, StringComparison.Ordinal);
    }
}
