using System.Net;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Server.Calls;
using Scalar.AspNetCore;

namespace Kopeck.Server.Hosting;

/// <summary>The HTTP server.</summary>
public static class KopeckServer
{
    // Scalar's page runs its own bundled script and styles; nothing from elsewhere is loaded.
    const string DocsPolicy = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

    /// <summary>A server on an engine, not started yet. Settings come from <paramref name="options"/> alone, not from ASP.NET's files and variables.</summary>
    public static WebApplication Build(LedgerEngine engine, ApiKeys keys, ServerOptions options, TimeProvider time, Action<ILoggingBuilder> configureLogging)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(KopeckServer).Assembly.GetName().Name });
        configureLogging(builder.Logging);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // Each call has its own limit, with an error of its own.
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.MaxConcurrentConnections = 10_000; // A flood of connections must not take the store's file handles.
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            Listen(kestrel, options.Http);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddSingleton<Microsoft.Extensions.Hosting.IHostLifetime, NoLifetime>();
        var app = builder.Build();
        var metrics = new ServerMetrics(engine);
        var pages = new PublicPages(engine, options, metrics);
        var pipeline = new RequestPipeline(engine, keys, options, time, metrics, app.Services.GetRequiredService<ILogger<RequestPipeline>>());
        app.UseRouting();
        app.Use(async (http, next) =>
        {
            if (http.GetEndpoint() is not null)
            {
                http.Response.Headers.ContentSecurityPolicy = DocsPolicy;
                http.Response.Headers.XContentTypeOptions = "nosniff";
                await next(http);
            }
            else if (!await pages.TryAnswerAsync(http))
            {
                await pipeline.RunAsync(http);
            }
        });
        app.MapScalarApiReference("/docs", scalar => scalar
            .WithTitle("Kopeck")
            .WithOpenApiRoutePattern("/openapi/v1.json")
            .DisableDefaultFonts()
            .DisableTelemetry());
        return app;
    }

    /// <summary>All calls of the API.</summary>
    public static IReadOnlyList<Call> Calls => CallTable.All;

    static void Listen(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, Uri address)
    {
        if (address.Host == "localhost")
            kestrel.ListenLocalhost(address.Port);
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
            kestrel.Listen(ip, address.Port);
        else
            throw new ArgumentException($"{address} is not an address to listen on: name an IP address or localhost", nameof(address));
    }

    /// <summary>Who runs the server stops it: signals are not taken here.</summary>
    sealed class NoLifetime : Microsoft.Extensions.Hosting.IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
