using Kopeck.Ledger.Fields;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine;

/// <summary>What the engine logs. Never personal values, amounts or keys.</summary>
static partial class EngineLog
{
    [
        LoggerMessage(
            EventId = 100, Level = LogLevel.Critical,
            Message =
                "Book {Book} is stopped on this node: {Reason}. Nothing is written to it until the node is restarted on the right database")]
    public static partial void BookStopped(this ILogger logger, BookName book, string reason);

    [
        LoggerMessage(
            EventId = 101, Level = LogLevel.Warning,
            Message = "Book {Book}: the outcome of a commit up to operation {Number} is unknown: {Reason}")]
    public static partial void OutcomeUnknown(this ILogger logger, BookName book, long number, string reason);

    [
        LoggerMessage(
            EventId = 102, Level = LogLevel.Information,
            Message = "Book {Book}: the commit up to operation {Number} is known now: committed = {IsCommitted}")]
    public static partial void OutcomeLearnt(this ILogger logger, BookName book, long number, bool isCommitted);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning, Message = "Book {Book}: the store is unavailable: {Reason}")]
    public static partial void StoreUnavailable(this ILogger logger, BookName book, string reason);

    [LoggerMessage(EventId = 104, Level = LogLevel.Debug, Message = "Book {Book}: another node wrote first, {Losses} times in a row")]
    public static partial void BatchLost(this ILogger logger, BookName book, int losses);

    [
        LoggerMessage(
            EventId = 105, Level = LogLevel.Error,
            Message = "Book {Book}: a bug in deciding or writing a batch; its callers were told so and nothing was written")]
    public static partial void BatchBroken(this ILogger logger, Exception exception, BookName book);

    [
        LoggerMessage(
            EventId = 106, Level = LogLevel.Warning,
            Message =
                "Book {Book}: a shared entry of the quote cache is not what a node of this database wrote; it was ignored and is written again")]
    public static partial void SharedQuotesDamaged(this ILogger logger, BookName book);

    [LoggerMessage(EventId = 107, Level = LogLevel.Error, Message = "A bug in looking at the journals' heads; the next look is tried")]
    public static partial void LookBroken(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 108, Level = LogLevel.Critical,
        Message = "Book {Book}: the executor broke, by a bug; what waited was refused, and another one starts from the store")]
    public static partial void ExecutorBroken(this ILogger logger, Exception exception, BookName book);

    [LoggerMessage(EventId = 109, Level = LogLevel.Error,
        Message = "Book {Book}: a bug in deciding ahead of a commit; it is decided again when its turn comes")]
    public static partial void AheadBroken(this ILogger logger, Exception exception, BookName book);

    [LoggerMessage(EventId = 110, Level = LogLevel.Critical,
        Message =
            "Book {Book}: a bug after the commit up to operation {Number}, which was answered as done; the next batch starts from the store")]
    public static partial void AfterCommitBroken(this ILogger logger, Exception exception, BookName book, long number);

    [
        LoggerMessage(
            EventId = 111, Level = LogLevel.Warning, Message = "Book {Book}: its lock could not be let go; the store does that by itself")]
    public static partial void LockNotReleased(this ILogger logger, Exception exception, BookName book);

    [LoggerMessage(EventId = 112, Level = LogLevel.Critical,
        Message =
            "Book {Book}: a bug during the commit up to operation {Number}; whether it was written is found out before anybody is told")]
    public static partial void CommitBroken(this ILogger logger, Exception exception, BookName book, long number);

    [LoggerMessage(EventId = 113, Level = LogLevel.Warning,
        Message = "The store tells of no commits now ({Reason}): heads are looked at every {Interval} until it does again")]
    public static partial void ListeningEnded(this ILogger logger, string reason, TimeSpan interval);

    [LoggerMessage(EventId = 114, Level = LogLevel.Error, Message = "A bug in looking for due work; the next look is tried")]
    public static partial void DueLookBroken(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 116, Level = LogLevel.Critical, Message = "{Problem}")]
    public static partial void ClocksApart(this ILogger logger, string problem);

    [LoggerMessage(EventId = 115, Level = LogLevel.Error,
        Message = "Book {Book}: a bug in deciding {Count} submissions; they are tried again in halves, so that it refuses only its own")]
    public static partial void BatchSplit(this ILogger logger, Exception exception, BookName book, int count);
}
