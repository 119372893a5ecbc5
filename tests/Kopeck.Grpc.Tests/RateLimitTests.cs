using System.Globalization;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Kopeck.Ledger.Commands;
using Kopeck.Server.Grpc;
using Kopeck.Server.Hosting;
using Kopeck.Server.Tests;
using Kopeck.V1;
using Microsoft.AspNetCore.Builder;

namespace Kopeck.Grpc.Tests;

/// <summary>A gRPC server with <c>KOPECK_RATE_LIMIT</c>: the limit is that of HTTP.</summary>
public sealed class RateLimitTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    const int Limit = 5;
    const int Flood = 40 * Limit;

    readonly RateLimits limits = new(Limit);
    WebApplication? limited;
    RawClient? client;

    public async ValueTask InitializeAsync()
    {
        limited = GrpcServer.Build(server.Engine, server.Keys, server.Options with { Limits = limits }, TimeProvider.System, _ => { });
        await limited.StartAsync(TestContext.Current.CancellationToken);
        client = new RawClient(new Uri(limited.Urls.First()));
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        await limited!.DisposeAsync();
        limits.Dispose();
    }

    [Fact]
    public async Task A_key_that_calls_too_often_is_told_to_wait_and_another_key_is_not()
    {
        var book = server.BookOf(server.Main.Key);
        var eager = await server.MakeKeyAsync(book, server.NextName("rpc-eager"), Scopes.Read);
        var calm = await server.MakeKeyAsync(book, server.NextName("rpc-calm"), Scopes.Read);
        var calls = await Task.WhenAll(Enumerable.Range(0, Flood).Select(_ => CallAsync(eager)));
        Assert.True(calls.Count(failure => failure is null) >= Limit);
        var refused = calls.First(failure => failure is not null)!;
        Assert.Equal((StatusCode.ResourceExhausted, "rate_limited"), (refused.StatusCode, Ended.Of(refused).Code));
        Assert.Equal(1, refused.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
        Assert.DoesNotContain(eager, refused.Status.Detail, StringComparison.Ordinal);
        Assert.Null(await CallAsync(calm));
    }

    [Fact]
    public async Task An_address_that_guesses_is_told_to_wait()
    {
        var guesses = await Task.WhenAll(
            Enumerable.Range(0, Flood).Select(guess => CallAsync(string.Create(CultureInfo.InvariantCulture, $"kopeck_{guess:D43}"))));
        var codes = guesses.Select(failure => Ended.Of(failure!).Code).ToList();
        Assert.True(codes.Count(code => code == "unauthorized") >= Limit);
        Assert.Contains("rate_limited", codes);
    }

    [Fact]
    public async Task Health_needs_no_key_and_has_no_limit()
    {
        var health = new Health.HealthClient(client!.Channel);
        for (var turn = 0; turn < 3 * Limit; turn++)
            Assert.Equal(
                HealthCheckResponse.Types.ServingStatus.Serving,
                (await health.CheckAsync(new(), cancellationToken: TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task Reflection_counts_as_a_call_without_a_key()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, Flood).Select(async _ =>
        {
            using var call =
                new global::Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(client!.Channel).ServerReflectionInfo();
            try
            {
                await call.RequestStream.WriteAsync(new() { ListServices = "" });
                await call.ResponseStream.MoveNext(CancellationToken.None);
                return "";
            }
            catch (RpcException refused)
            {
                return Ended.Of(refused).Code;
            }
        }));
        Assert.True(codes.Count(code => code == "") >= Limit);
        Assert.Contains("rate_limited", codes);
    }

    /// <summary>What the call failed with; null when it was done.</summary>
    async Task<RpcException?> CallAsync(string key)
    {
        try
        {
            await new ReferenceService.ReferenceServiceClient(client!.Channel)
                .ListCurrenciesAsync(new(), RawClient.KeyHeader(key), cancellationToken: TestContext.Current.CancellationToken);
            return null;
        }
        catch (RpcException failure)
        {
            return failure;
        }
    }
}
