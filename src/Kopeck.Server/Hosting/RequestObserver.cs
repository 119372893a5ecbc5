using System.Diagnostics;
using System.Net;
using Kopeck.Api;
using Kopeck.Ledger.Errors;

namespace Kopeck.Server.Hosting;

/// <summary>Sees each request begin and end, and tells the logs of it.</summary>
sealed class RequestObserver(ServerOptions options, ILoggerFactory loggers, TimeProvider time)
{
    readonly ILogger? lines = options.LogRequests ? loggers.CreateLogger(RequestLog.Category) : null;
    readonly SecurityLog security = new(loggers.CreateLogger(SecurityLog.Category), time);

    /// <summary>A request came.</summary>
    public RequestTrace Begin(HttpContext http, string protocol) => RequestTrace.Begin(http, protocol, time.GetTimestamp());

    /// <summary>A call was done.</summary>
    public void Done(RequestTrace trace, Call call, CallRequest request, Result result)
    {
        trace.IsReplay = result.IsReplay;
        security.Done(trace, call, request, result);
    }

    // The framework knows no routes of ours, and its own name would be the path as it was sent.
    static void Name(Activity span, string call, RequestTrace trace)
    {
        span.DisplayName = call;
        span.SetTag("kopeck.code", trace.Code?.Name() ?? "ok").SetTag("kopeck.request_id", trace.Id);
        if (trace.Who?.Book is { } book)
            span.SetTag("kopeck.book", book.Value);
    }

    /// <summary>A request ended.</summary>
    /// <param name="method">The method of HTTP; empty over gRPC.</param>
    /// <param name="route">The call's path; empty where there is none.</param>
    /// <param name="address">Where it came from.</param>
    public void End(RequestTrace trace, string method, string route, int status, IPAddress? address)
    {
        if (trace.IsEnded)
            return;
        trace.IsEnded = true;
        var took = time.GetElapsedTime(trace.Started);
        if (trace.Call is { } call && Activity.Current is { } span)
            Name(span, call, trace);
        options.Metrics.Count(trace, method, route, status, took);
        if (trace.Code is not null)
            security.Refused(trace, address);
        if (lines is not null)
            RequestLog.Write(lines, trace, status, took);
    }
}
