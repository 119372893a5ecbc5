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

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "The certificates in {File} changed and are in force now")]
    public static partial void CertificatesRead(this ILogger logger, string file);

    [LoggerMessage(
        EventId = 204,
        Level = LogLevel.Error,
        Message = "The certificates in {File} changed and cannot be read ({Reason}): those before stay in force")]
    public static partial void CertificatesUnreadable(this ILogger logger, string file, string reason);

    [LoggerMessage(
        EventId = 205,
        Level = LogLevel.Warning,
        Message = "The keys of the issuer {Issuer} cannot be read ({Reason}): those that were read before go on for a day")]
    public static partial void IssuerAway(this ILogger logger, string issuer, string reason);

    [LoggerMessage(EventId = 206, Level = LogLevel.Information, Message = "{Count} keys of the issuer {Issuer} were read")]
    public static partial void IssuerKeysRead(this ILogger logger, string issuer, int count);

    [LoggerMessage(
        EventId = 202, Level = LogLevel.Error, Message = "The answer to GET {Path} broke off in the middle: the connection was cut")]
    public static partial void FileBroken(this ILogger logger, Exception exception, string path);
}
