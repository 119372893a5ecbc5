using System.Net;
using System.Text;
using Kopeck.Engine;
using Kopeck.Server.Hosting;
using Kopeck.Server.OpenApi;
using Kopeck.Statements.Writing;

namespace Kopeck.Server.Http;

/// <summary>What is reachable without a key: health, metrics for this machine, and the documents.</summary>
sealed class PublicPages(LedgerEngine engine, ServerOptions options, bool isAdmin = false)
{
    readonly Readiness readiness = new(engine);
    readonly Lazy<byte[]> openApi = new(() => Encoding.UTF8.GetBytes(OpenApiDocument.Write()));

    /// <summary>Answers a public path; false when the path is none.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext http)
    {
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        switch (http.Request.Path.Value)
        {
            case "/health/live" when isRead:
                await WriteAsync(http, 200, "application/json", "{\"status\":\"live\"}"u8.ToArray());
                return true;
            case "/health/ready" when isRead:
                await AnswerReadyAsync(http);
                return true;
            case "/metrics" when isRead && MayReadMetrics(http):
                var text = options.Metrics.Write(engine, options.Shares);
                await WriteAsync(http, 200, "text/plain; version=0.0.4; charset=utf-8", Encoding.UTF8.GetBytes(text));
                return true;
            case "/openapi/v1.json" when isRead:
                await WriteAsync(http, 200, "application/json", openApi.Value);
                return true;
            case "/schemas/" + StatementSchema.FileName when isRead:
                await WriteAsync(http, 200, "application/xml", StatementSchema.Read());
                return true;
            case "/" when isRead:
                http.Response.Redirect("/docs");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Answers what the listener for health and metrics has; false when the path is none of it.</summary>
    public async Task<bool> TryAnswerAdminAsync(HttpContext http)
    {
        // A listener on this machine alone is not for pages of another name which a browser on it was led to.
        var isLocal = http.Connection.LocalIpAddress is { } address && IPAddress.IsLoopback(address);
        if (isLocal && !LocalCaller.IsOwnName(http.Request.Host.Host))
            return false;
        return http.Request.Path.Value is "/health/live" or "/health/ready" or "/metrics" && await TryAnswerAsync(http);
    }

    bool MayReadMetrics(HttpContext http) =>
        isAdmin || (options.Admin is null && (options.AreMetricsPublic || LocalCaller.Is(http)));

    async Task AnswerReadyAsync(HttpContext http)
    {
        if (await readiness.FindProblemAsync(http.RequestAborted) is not { } problem)
        {
            await WriteAsync(http, 200, "application/json", "{\"status\":\"ready\"}"u8.ToArray());
            return;
        }

        http.Response.Headers.RetryAfter = "5";
        await WriteAsync(http, 503, "application/json", Encoding.UTF8.GetBytes($"{{\"status\":\"unavailable\",\"code\":\"{problem}\"}}"));
    }

    static async Task WriteAsync(HttpContext http, int status, string mediaType, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = mediaType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
