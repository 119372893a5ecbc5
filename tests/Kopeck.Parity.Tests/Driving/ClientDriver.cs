using Grpc.Core;
using Kopeck.Client;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>The ledger by the typed client. It makes no keys of its own here: the others have none either.</summary>
sealed class ClientDriver(DrivenServer server) : ILedgerDriver
{
    readonly Dictionary<string, KopeckClient> clients = new(StringComparer.Ordinal);

    public static async Task<ILedgerDriver> StartAsync(Bench bench) => new ClientDriver(await DrivenServer.StartAsync(bench));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients.Values)
            client.Dispose();
        await server.DisposeAsync();
    }

    public async Task<Told> DoAsync(Step step)
    {
        var key = await server.KeyAsync(step);
        if (!clients.TryGetValue(key, out var client))
            clients.Add(
                key, client = new KopeckClient(new KopeckClientOptions { Address = server.Grpc, Key = key, AutomaticKeys = false }));
        try
        {
            return await new GrpcRequests(client).SendAsync(step, []);
        }
        catch (KopeckException exception)
        {
            return Told.Error(exception.Code, exception.Fields.Select(field => field.Code));
        }
        catch (RpcException exception)
        {
            // Of a stream's stub.
            return GrpcDriver.Error(exception.GetRpcStatus()!);
        }
    }
}
