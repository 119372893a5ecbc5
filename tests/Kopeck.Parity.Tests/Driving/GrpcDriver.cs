using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using RpcStatus = Google.Rpc.Status;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>The ledger over gRPC, with the generated stubs.</summary>
sealed class GrpcDriver : ILedgerDriver
{
    readonly DrivenServer server;
    readonly GrpcChannel channel;
    readonly GrpcRequests requests;

    GrpcDriver(DrivenServer server)
    {
        this.server = server;
        channel = GrpcChannel.ForAddress(server.Grpc);
        requests = new GrpcRequests(channel.CreateCallInvoker());
    }

    public static async Task<ILedgerDriver> StartAsync(Bench bench) => new GrpcDriver(await DrivenServer.StartAsync(bench));

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await server.DisposeAsync();
    }

    public async Task<Told> DoAsync(Step step)
    {
        var headers = new Metadata { { "authorization", "Bearer " + await server.KeyAsync(step) } };
        try
        {
            return await requests.SendAsync(step, headers);
        }
        catch (RpcException exception)
        {
            return Error(exception.GetRpcStatus()!);
        }
    }

    /// <summary>The error that a status tells.</summary>
    public static Told Error(RpcStatus status)
    {
        var info = status.GetDetail<ErrorInfo>()!;
        Assert.Equal("kopeck", info.Domain);
        return Told.Error(info.Reason, status.GetDetail<BadRequest>()?.FieldViolations.Select(violation => violation.Reason) ?? []);
    }
}
