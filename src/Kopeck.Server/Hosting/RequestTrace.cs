using System.Diagnostics;
using Kopeck.Api;
using Kopeck.Ledger.Errors;
using Microsoft.Extensions.Primitives;

namespace Kopeck.Server.Hosting;

/// <summary>What is told of one request: in its answer, in its line of the log, and in the events that come of it.</summary>
/// <param name="protocol"><c>http</c> or <c>grpc</c>.</param>
/// <param name="id">The caller's own id of the request, or one that was made here.</param>
sealed class RequestTrace(string protocol, string id, long started)
{
    /// <summary>The header that brings a caller's id, and answers it.</summary>
    public const string Header = "X-Request-Id";

    const string TraceParent = "traceparent";
    const int LongestId = 64;

    // W3C Trace Context, section 3.2: version, trace id, parent id, flags.
    const int TraceIdStart = 3;
    const int TraceIdLength = 32;
    const int TraceParentLength = 55;

    /// <summary>The interface.</summary>
    public string Protocol => protocol;

    /// <summary>The id that is answered.</summary>
    public string Id => id;

    /// <summary>When it came, by the clock's timestamp.</summary>
    public long Started => started;

    /// <summary>The call, such as <c>POST /v1/transfers</c>; null where there is none.</summary>
    public string? Call { get; set; }

    /// <summary>Who asked; null where that is not known.</summary>
    public Identity? Who { get; set; }

    /// <summary>Why it was refused; null when it was not.</summary>
    public ErrorCode? Code { get; set; }

    /// <summary>Whether its end was told.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Whether an earlier request did it.</summary>
    public bool IsReplay { get; set; }

    /// <summary>A request that came, whose id is answered.</summary>
    public static RequestTrace Begin(HttpContext http, string protocol, long started)
    {
        var trace = new RequestTrace(protocol, IdOf(http.Request.Headers), started);
        http.Response.Headers[Header] = trace.Id;
        http.Features.Set(trace);
        return trace;
    }

    /// <summary>The trace of a request that <see cref="Begin"/> saw.</summary>
    public static RequestTrace? Of(HttpContext http) => http.Features.Get<RequestTrace>();

    /// <summary>A caller's own id, or else its trace's, or else a new one: what is strange in it is not passed on.</summary>
    internal static string IdOf(IHeaderDictionary headers)
    {
        if (headers.TryGetValue(Header, out var own) && Single(own) is { Length: > 0 and <= LongestId } text && text.All(IsPlain))
            return text;
        if (headers.TryGetValue(TraceParent, out var parent)
            && Single(parent) is { Length: >= TraceParentLength } trace
            && trace[TraceIdStart - 1] == '-'
            && trace[TraceIdStart + TraceIdLength] == '-')
        {
            var id = trace.Substring(TraceIdStart, TraceIdLength);
            if (id.All(char.IsAsciiHexDigitLower) && id.Any(digit => digit != '0'))
                return id;
        }

        return ActivityTraceId.CreateRandom().ToHexString();
    }

    static string? Single(StringValues values) => values.Count == 1 ? values[0] : null;

    static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':';
}
