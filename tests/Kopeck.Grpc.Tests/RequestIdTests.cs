using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Server.Grpc;
using Kopeck.Server.Hosting;
using Kopeck.Server.Tests;
using Kopeck.V1;
using Microsoft.Extensions.Logging;

namespace Kopeck.Grpc.Tests;

/// <summary>A call's id comes back in its header and its refusal, and each call has its line and its measure, as over HTTP.</summary>
public sealed class RequestIdTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_call_is_told_by_its_id_in_headers_refusals_lines_and_metrics()
    {
        var log = new KeptLog();
        var options = server.Options with { Metrics = new ServerMetrics() };
        await using var another = GrpcServer.Build(
            server.Engine, server.Keys, options, TimeProvider.System,
            logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        await another.StartAsync(TestContext.Current.CancellationToken);
        using var channel = GrpcChannel.ForAddress(another.Urls.First());
        var operations = new OperationService.OperationServiceClient(channel);
        var headers = RawClient.KeyHeader(server.Main.Key);
        headers.Add("x-request-id", "call-7");

        var deposit = new DepositRequest { Wallet = server.Main["wallet"], Amount = new() { Amount = "1" }, IdempotencyKey = "told" };
        using var call = operations.DepositAsync(deposit, headers);
        Assert.Equal("call-7", (await call.ResponseHeadersAsync).GetValue("x-request-id"));
        await call;
        using var again = operations.DepositAsync(deposit, headers);
        await again;
        var closed = new DepositRequest { Wallet = server.Main["closed"], Amount = new() { Amount = "1" }, IdempotencyKey = "no" };
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await operations.DepositAsync(closed, headers));
        Assert.Equal("call-7", refused.GetRpcStatus()!.GetDetail<RequestInfo>()!.RequestId);
        Assert.Equal("account_closed", refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        var stranger = await Assert.ThrowsAsync<RpcException>(
            async () => await operations.DepositAsync(deposit, new Metadata { { "x-request-id", "call-8" } }));
        Assert.Equal("call-8", stranger.GetRpcStatus()!.GetDetail<RequestInfo>()!.RequestId);

        // The line of a call comes after its answer.
        await Eventually.TrueAsync(() => log.Lines.Count(line => line.Category == RequestLog.Category) == 4);
        const string path = "/kopeck.v1.OperationService/Deposit";
        Assert.Equal(
            [$"{path} ok False call-7", $"{path} ok True call-7", $"{path} account_closed False call-7", $"{path} unauthorized False call-8"],
            log.Lines.Where(line => line.Category == RequestLog.Category)
                .Select(line => $"{Of(line.Values, "call")} {Of(line.Values, "code")} {Of(line.Values, "replay")} {Of(line.Values, "requestId")}"));
        Assert.Equal(310, Assert.Single(log.Lines, line => line.Category == SecurityLog.Category).Event);
        var metrics = options.Metrics.Write(server.Engine, options.Shares);
        foreach (var (status, count) in new[] { (0, 2), (9, 1), (16, 1) })
            Assert.Contains(
                $"rpc_server_call_duration_seconds_count{{rpc_method=\"{path}\",rpc_response_status_code=\"{status}\"}} {count}\n", metrics,
                StringComparison.Ordinal);
    }

    static object? Of(IReadOnlyDictionary<string, object?> values, string name) =>
        values.First(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
