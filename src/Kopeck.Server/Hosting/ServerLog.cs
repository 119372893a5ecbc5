namespace Kopeck.Server.Hosting;

/// <summary>What the server logs. Never bodies, names or keys.</summary>
static partial class ServerLog
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Error, Message = "A bug: {Method} {Route} failed")]
    public static partial void RequestBroken(this ILogger logger, Exception exception, string method, string route);

    [LoggerMessage(
        EventId = 201,
        Level = LogLevel.Critical,
        Message = "{Reason}. Nothing is read or written: put the right file back and restart the server")]
    public static partial void DatabaseReplaced(this ILogger logger, string reason);

    [LoggerMessage(
        EventId = 202, Level = LogLevel.Error, Message = "The answer to GET {Path} broke off in the middle: the connection was cut")]
    public static partial void FileBroken(this ILogger logger, Exception exception, string path);
}
