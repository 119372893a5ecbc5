using Grpc.AspNetCore.Server.Model;
using Grpc.Health.V1;
using Grpc.Reflection;
using Kopeck.Api;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Server.Grpc.Reading;
using Kopeck.Server.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
namespace Kopeck.Server.Grpc;

/// <summary>The gRPC server, on a port of its own: cleartext HTTP/1.1 and HTTP/2 cannot share one.</summary>
public static class GrpcServer
{
    const int MostStreams = 128;
    const int StreamWindow = 128 << 10;
    // All streams of a connection may stand still with their windows full: what is left must not be nothing, or they would hold up the
    // calls beside them.
    const int ConnectionWindow = (MostStreams + 1) * StreamWindow;

    /// <summary>A server on an engine, not started yet. Settings come from <paramref name="options"/> alone.</summary>
    public static WebApplication Build(
        LedgerEngine engine, ApiKeys keys, ServerOptions options, TimeProvider time, Action<ILoggingBuilder> configureLogging)
    {
        var api = new LedgerApi(engine, keys, options.Api, time);
        var builder = HostParts.CreateBuilder(options.Grpc, HttpProtocols.Http2, options, configureLogging, kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = MostStreams;
            kestrel.Limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
            kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindow;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
            // A reader may be slow, which holds up nobody but itself: one who takes nothing at all is let go of by what writes to it.
            kestrel.Limits.MinResponseDataRate = null;
        });
        MessageLimits.Set(builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MessageLimits.Ordinary;
            grpc.MaxSendMessageSize = null;
            grpc.ResponseCompressionAlgorithm = "gzip";
            grpc.ResponseCompressionLevel = System.IO.Compression.CompressionLevel.Fastest;
        }));
        // Of the descriptors themselves: the methods have no classes of their own that could be asked for theirs.
        var described = GrpcMethod.Files.SelectMany(file => file.Services).Append(Health.Descriptor).ToList();
        builder.Services.AddSingleton(new ReflectionServiceImpl(described));
        builder.Services.AddSingleton(new ReflectionV1ServiceImpl(described));
        builder.Services.AddGrpcReflection();
        builder.Services.AddSingleton<IServiceMethodProvider<OrdinaryMethods>, MethodTable<OrdinaryMethods>>();
        builder.Services.AddSingleton<IServiceMethodProvider<LargeMethods>, MethodTable<LargeMethods>>();
        // It logs each message that cannot be read as an error: what is a bug is logged here.
        builder.Logging.AddFilter("Grpc", LogLevel.Critical);
        builder.Services.AddSingleton(services => new Failures(services.GetRequiredService<ILogger<GrpcCalls>>()));
        builder.Services.AddSingleton(services => new RequestObserver(options, services.GetRequiredService<ILoggerFactory>(), time));
        builder.Services.AddSingleton(services =>
            new GrpcCalls(api, options.Limits, services.GetRequiredService<RequestObserver>(), services.GetRequiredService<Failures>()));
        builder.Services.AddSingleton(services => new GrpcFiles(services.GetRequiredService<GrpcCalls>()));
        builder.Services.AddSingleton(services => new GrpcStreams(services.GetRequiredService<GrpcCalls>(), Stopping(services)));
        builder.Services.AddSingleton(services => new HealthService(new Readiness(engine), time, Stopping(services)));
        var app = builder.Build();
        var gate = new GrpcGate(
            keys, options, app.Services.GetRequiredService<RequestObserver>(), app.Services.GetRequiredService<Failures>());
        app.Use((http, next) =>
        {
            options.Proxies?.Apply(http);
            return gate.RunAsync(http, next);
        });
        app.UseRouting();
        app.MapGrpcService<OrdinaryMethods>();
        app.MapGrpcService<LargeMethods>();
        app.MapGrpcService<HealthService>();
        app.MapGrpcReflectionService();
        return app;
    }

    static CancellationToken Stopping(IServiceProvider services) =>
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
}
