using Kopeck.Api;
using Kopeck.Api.Calls;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Server.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Scalar.AspNetCore;

namespace Kopeck.Server.Http;

/// <summary>The HTTP server.</summary>
public static class KopeckServer
{
    // Scalar's page runs its own bundled script and styles; nothing from elsewhere is loaded.
    const string DocsPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'none'";

    const string DocsPath = "/docs";

    /// <summary>
    /// A server on an engine, not started yet. Settings come from <paramref name="options"/> alone, not from ASP.NET's files and variables.
    /// </summary>
    public static WebApplication Build(
        LedgerEngine engine, ApiKeys keys, ServerOptions options, TimeProvider time, Action<ILoggingBuilder> configureLogging)
    {
        var builder = HostParts.CreateBuilder(options.Http, HttpProtocols.Http1, options, configureLogging);
        var app = builder.Build();
        var pages = new PublicPages(engine, options);
        var console = options.HasConsole ? new ConsoleFiles() : null;
        var pipeline = new RequestPipeline(
            new LedgerApi(engine, keys, options.Api, time),
            options,
            new RequestObserver(options, app.Services.GetRequiredService<ILoggerFactory>(), time),
            app.Services.GetRequiredService<ILogger<RequestPipeline>>(),
            app.Lifetime.ApplicationStopping);
        app.Use((http, next) =>
        {
            if (HasForeignCoding(http.Request))
                return RefuseCoding(http.Response);
            options.Proxies?.Apply(http);
            // The page's routes know GET only. Kestrel itself sends no body where HEAD was asked.
            if (HttpMethods.IsHead(http.Request.Method) && http.Request.Path.StartsWithSegments(DocsPath, StringComparison.Ordinal))
                http.Request.Method = HttpMethods.Get;
            return next(http);
        });
        // Calls go straight to their pipeline: the framework's routes are the documentation's alone.
        app.Use((http, next) =>
            http.Request.Path.Value is { } path && path.StartsWith(CallTable.Root, StringComparison.Ordinal)
                ? pipeline.RunAsync(http)
                : next(http));
        app.UseRouting();
        app.Use(async (http, next) =>
        {
            if (http.GetEndpoint() is not null)
            {
                http.Response.Headers.ContentSecurityPolicy = DocsPolicy;
                http.Response.Headers.XContentTypeOptions = "nosniff";
                await next(http);
            }
            else if (!await pages.TryAnswerAsync(http) && (console is null || !await console.TryAnswerAsync(http)))
            {
                await pipeline.RunAsync(http);
            }
        });
        app.MapScalarApiReference(DocsPath, scalar => scalar
            .WithTitle("Kopeck")
            .WithOpenApiRoutePattern("/openapi/v1.json")
            // A page of the ledger's: no vendor's bar, button or assistant, and nothing that calls home.
            .HideClientButton()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .WithCustomCss("a[href*='scalar.com'] { display: none }")
            .DisableDefaultFonts()
            .DisableTelemetry());
        return app;
    }

    // Kestrel looks at the last coding alone, and would take the bytes of `gzip, chunked` for the body: a proxy may see another end of it.
    static bool HasForeignCoding(HttpRequest request) =>
        request.Headers.TransferEncoding is { Count: > 0 } coding
        && !(coding.Count == 1 && string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase));

    // As Kestrel itself refuses what it cannot frame: without a body, and nothing more is read of that connection.
    static Task RefuseCoding(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status400BadRequest;
        response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
