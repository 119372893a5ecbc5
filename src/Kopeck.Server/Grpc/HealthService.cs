using Grpc.Core;
using Grpc.Health.V1;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Hosting;

namespace Kopeck.Server.Grpc;

/// <summary>
/// The standard health service: serving while the server is ready. Of the server as a whole, and of each service by its name. The store is
/// asked once a second at most, however many want to know: no key is needed for that.
/// </summary>
sealed class HealthService(Readiness readiness, TimeProvider time, CancellationToken stopping) : Health.HealthBase
{
    static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    static readonly HashSet<string> Known = [.. GrpcMethod.Files.SelectMany(file => file.Services).Select(service => service.FullName), ""];

    readonly Lock gate = new();
    Task<bool>? probe;
    long probed;

    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        Known.Contains(request.Service)
            ? new HealthCheckResponse { Status = await LookAsync(context.CancellationToken) }
            : throw new RpcException(new Status(StatusCode.NotFound, "There is no such service"));

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        if (!Known.Contains(request.Service))
        {
            await responseStream.WriteAsync(
                new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.ServiceUnknown }, context.CancellationToken);
            return;
        }

        context.GetHttpContext().Features.Get<StrangerCall>()?.Last();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        var told = HealthCheckResponse.Types.ServingStatus.Unknown;
        try
        {
            while (true)
            {
                var status = await LookAsync(ending.Token);
                if (status != told)
                    await responseStream.WriteAsync(new HealthCheckResponse { Status = told = status }, ending.Token);
                await Task.Delay(LookInterval, ending.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await responseStream.WriteAsync(
                new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.NotServing }, context.CancellationToken);
        }
    }

    async Task<HealthCheckResponse.Types.ServingStatus> LookAsync(CancellationToken cancellationToken) =>
        await Probe().WaitAsync(cancellationToken)
            ? HealthCheckResponse.Types.ServingStatus.Serving
            : HealthCheckResponse.Types.ServingStatus.NotServing;

    Task<bool> Probe()
    {
        lock (gate)
        {
            if (probe is null || (probe.IsCompleted && time.GetElapsedTime(probed) >= LookInterval))
            {
                probed = time.GetTimestamp();
                // Of no caller: others wait for it too.
                probe = readiness.IsReadyAsync(CancellationToken.None);
            }

            return probe;
        }
    }
}
