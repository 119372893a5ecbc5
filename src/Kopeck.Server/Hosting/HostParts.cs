using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Kopeck.Server.Hosting;

/// <summary>What the servers of both interfaces have in common.</summary>
static class HostParts
{
    static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(10);

    /// <summary>A server's builder. Settings come from its options alone, not from ASP.NET's files and variables.</summary>
    public static WebApplicationBuilder CreateBuilder(
        Uri address, HttpProtocols protocols, ServerOptions options, Action<ILoggingBuilder> configureLogging,
        Action<KestrelServerOptions>? configure = null)
    {
        var builder =
            WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(HostParts).Assembly.GetName().Name });
        configureLogging(builder.Logging);
        // Its own lines about requests tell their paths and queries, in which there may be names of people.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // A request is read and answered where its bytes arrive: each hand-over to another thread costs more than most requests' own work,
        // and nothing on their way blocks.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = LengthDigits.Of;
            kestrel.Limits.MaxRequestBodySize = null; // Each call has its own limit, with an error of its own.
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.MaxConcurrentConnections = OpenFiles.Connections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            configure?.Invoke(kestrel);
            Listen(kestrel, address, listen =>
            {
                listen.Protocols = protocols;
                if (address.Scheme == Uri.UriSchemeHttps)
                    UseTls(listen, options);
            });
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        return builder;
    }

    static void UseTls(ListenOptions listen, ServerOptions options)
    {
        var certificates = options.Certificates ?? throw new ArgumentException("An https address needs certificates", nameof(options));
        var logger = listen.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger<Certificates>();
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => certificates.GetAsync(logger),
            HandshakeTimeout = HandshakeTime,
        });
    }

    static void Listen(KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        if (address.Host == "localhost")
            kestrel.ListenLocalhost(address.Port, configure);
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
            kestrel.Listen(ip, address.Port, configure);
        else
            throw new ArgumentException($"{address} is not an address to listen on: name an IP address or localhost", nameof(address));
    }

    /// <summary>Who runs the server stops it: signals are not taken here.</summary>
    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
