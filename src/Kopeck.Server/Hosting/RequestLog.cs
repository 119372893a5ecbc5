using Kopeck.Ledger.Errors;

namespace Kopeck.Server.Hosting;

/// <summary>One line a request, under a category of its own. Never a body, a path as it was sent, a personal value or a secret.</summary>
public static partial class RequestLog
{
    /// <summary>The category of these lines.</summary>
    public const string Category = "Kopeck.Requests";

    internal static void Write(ILogger logger, RequestTrace trace, int status, TimeSpan took)
    {
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        logger.Finished(
            trace.Protocol, trace.Call ?? "-", status, trace.Code?.Name() ?? "ok", (long)took.TotalMicroseconds,
            trace.Who?.Name.Value ?? "-", trace.Who?.Book?.Value ?? "-", trace.IsReplay, trace.Id);
    }

    [LoggerMessage(
        EventId = 300,
        Level = LogLevel.Information,
        Message =
            "{Protocol} {Call} {Status} {Code} {Microseconds} us key={Key} book={Book} replay={Replay} request={RequestId}")]
    static partial void Finished(
        this ILogger logger, string protocol, string call, int status, string code, long microseconds, string key, string book, bool replay,
        string requestId);
}
