using Microsoft.Extensions.Logging;

namespace Kopeck.Redis;

/// <summary>What is logged of Redis. Never passwords, nor what the library says, which may have them.</summary>
static partial class RedisLog
{
    [LoggerMessage(EventId = 400, Level = LogLevel.Information, Message = "Redis at {Address} answers: quotes are shared there")]
    public static partial void Answers(this ILogger logger, string address);

    [
        LoggerMessage(
            EventId = 401, Level = LogLevel.Warning,
            Message = "Redis at {Address} does not answer ({Reason}): quotes come from the database until it does")]
    public static partial void DoesNotAnswer(this ILogger logger, string address, string reason);

    [LoggerMessage(EventId = 402, Level = LogLevel.Debug, Message = "Redis at {Address} refused a command ({Reason})")]
    public static partial void Refused(this ILogger logger, string address, string reason);
}
