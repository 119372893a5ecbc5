using Kopeck.Engine;
using Kopeck.Server.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Kopeck.Server.Http;

/// <summary>
/// Metrics and health on an address of their own, without a key: for whoever watches over the server, and out of reach of those who only
/// use it.
/// </summary>
public static class AdminServer
{
    // Those who watch are few.
    const int MostConnections = 100;

    /// <summary>A server on an engine, not started yet.</summary>
    public static WebApplication Build(LedgerEngine engine, ServerOptions options, Action<ILoggingBuilder> configureLogging)
    {
        var address = options.Admin ?? throw new ArgumentException("There is no address for it", nameof(options));
        var builder = HostParts.CreateBuilder(
            address, HttpProtocols.Http1, options, configureLogging,
            kestrel => kestrel.Limits.MaxConcurrentConnections = MostConnections);
        var app = builder.Build();
        var pages = new PublicPages(engine, options, isAdmin: true);
        app.Run(async http =>
        {
            if (!await pages.TryAnswerAdminAsync(http))
                http.Response.StatusCode = StatusCodes.Status404NotFound;
        });
        return app;
    }
}
