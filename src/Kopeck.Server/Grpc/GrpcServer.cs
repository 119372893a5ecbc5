using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Server.Grpc.Services;
using Kopeck.Server.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Kopeck.Server.Grpc;

/// <summary>The gRPC server, on a port of its own: cleartext HTTP/1.1 and HTTP/2 cannot share one.</summary>
public static class GrpcServer
{
    const int MostStreams = 1_000;
    const int StreamWindow = 256 << 10;
    // All streams of a connection may stand still with their windows full: what is left must not be nothing, or they would hold up the calls beside them.
    const int ConnectionWindow = (MostStreams + 1) * StreamWindow;

    /// <summary>A server on an engine, not started yet. Settings come from <paramref name="options"/> alone.</summary>
    public static WebApplication Build(LedgerEngine engine, ApiKeys keys, ServerOptions options, TimeProvider time, Action<ILoggingBuilder> configureLogging)
    {
        var builder = HostParts.CreateBuilder(options.Grpc, HttpProtocols.Http2, configureLogging, kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = MostStreams;
            kestrel.Limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
            kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindow;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
            // A reader may be as slow as it likes: it holds up nobody but itself.
            kestrel.Limits.MinResponseDataRate = null;
        });
        MessageLimits.Set(builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MessageLimits.Ordinary;
            grpc.MaxSendMessageSize = null;
            grpc.ResponseCompressionAlgorithm = "gzip";
            grpc.ResponseCompressionLevel = System.IO.Compression.CompressionLevel.Fastest;
        }));
        builder.Services.AddGrpcReflection();
        builder.Services.AddSingleton(services => new Failures(services.GetRequiredService<ILogger<GrpcCalls>>()));
        builder.Services.AddSingleton(services => new GrpcCalls(engine, keys, options, time, services.GetRequiredService<Failures>()));
        builder.Services.AddSingleton(services => new GrpcFiles(services.GetRequiredService<GrpcCalls>()));
        builder.Services.AddSingleton(services => new GrpcStreams(engine, services.GetRequiredService<GrpcCalls>(), Stopping(services)));
        builder.Services.AddSingleton(services => new HealthService(new Readiness(engine), time, Stopping(services)));
        var app = builder.Build();
        var gate = new GrpcGate(keys, options.Limits, app.Services.GetRequiredService<Failures>());
        app.UseRouting();
        app.Use((http, next) => gate.RunAsync(http, next));
        app.MapGrpcService<CustomerServices>();
        app.MapGrpcService<AccountServices>();
        app.MapGrpcService<OperationServices>();
        app.MapGrpcService<QuoteServices>();
        app.MapGrpcService<StatementServices>();
        app.MapGrpcService<ReferenceServices>();
        app.MapGrpcService<KeyServices>();
        app.MapGrpcService<BookServices>();
        app.MapGrpcService<HealthService>();
        app.MapGrpcReflectionService();
        return app;
    }

    static CancellationToken Stopping(IServiceProvider services) => services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
}
