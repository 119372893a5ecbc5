using System.Net;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Hosting;

/// <summary>
/// What whoever guards the ledger wants to know, under a category of its own: keys and scopes that were refused, keys that came and went,
/// books, files that were drawn, erasures. Never a secret or a personal value but the address that a refused request came from.
/// </summary>
public sealed partial class SecurityLog(ILogger logger, TimeProvider time)
{
    /// <summary>The category of these events.</summary>
    public const string Category = "Kopeck.Security";

    // Whoever guesses must not fill the disk: the others of a second are counted.
    const int MostRefusalsOfSecond = 20;

    const string NoRequest = "-";
    const string NoBook = "-";

    readonly Lock gate = new();
    long second;
    int told;
    long passedOver;

    /// <summary>A key was made by a program that is no server.</summary>
    /// <param name="actor">Who did it; the same of the others.</param>
    public void KeyMade(KeyName actor, ApiKey key)
    {
        var book = key.Book?.Value ?? NoBook;
        KeyMade(logger, actor.Value, book, key.Name.Value, key.Scopes, NoRequest);
    }

    /// <summary>A key was revoked by a program that is no server.</summary>
    public void KeyRevoked(KeyName actor, ApiKey key)
    {
        var book = key.Book?.Value ?? NoBook;
        KeyRevoked(logger, actor.Value, book, key.Name.Value, NoRequest);
    }

    /// <summary>A key's terms were changed by a program that is no server.</summary>
    public void KeyChanged(KeyName actor, ApiKey key)
    {
        var book = key.Book?.Value ?? NoBook;
        KeyChanged(logger, actor.Value, book, key.Name.Value, NoRequest);
    }

    /// <summary>A key got a new secret by a program that is no server.</summary>
    public void KeyRotated(KeyName actor, ApiKey key)
    {
        var book = key.Book?.Value ?? NoBook;
        KeyRotated(logger, actor.Value, book, key.Name.Value, NoRequest);
    }

    /// <summary>A statement, report or export was drawn by a program that is no server.</summary>
    /// <param name="what">What was asked for, without values.</param>
    public void FileDrawn(KeyName actor, BookName book, string what) => FileDrawn(logger, actor.Value, book.Value, what, NoRequest);

    /// <summary>A journal was written out whole, which only a program that is no server does.</summary>
    /// <param name="withPersonal">Whether with the personal values.</param>
    public void JournalExported(KeyName actor, BookName book, long after, bool withPersonal) =>
        JournalExported(logger, book.Value, after, withPersonal, actor.Value);

    /// <summary>A request was refused for its key or its scopes, or as one too many.</summary>
    internal void Refused(RequestTrace trace, IPAddress? address)
    {
        if (trace.Code is not (ErrorCode.Unauthorized or ErrorCode.Forbidden or ErrorCode.RateLimited) || !MayTell(out var before))
            return;
        if (before > 0)
            PassedOver(logger, before);
        if (trace.Who is { } who)
            ScopeRefused(logger, who.Name.Value, who.Book?.Value ?? "-", trace.Code.Value.Name(), trace.Call ?? "-", trace.Id);
        else
            KeyRefused(logger, trace.Code.Value.Name(), address, trace.Call ?? "-", trace.Id);
    }

    /// <summary>A call was done: told where it is one of those that matter here.</summary>
    internal void Done(RequestTrace trace, Call call, CallRequest request, Result result)
    {
        if (request.DryRun || result.IsReplay || trace.Who is not { } who)
            return;
        var (actor, book) = (who.Name.Value, who.Book?.Value ?? "-");
        switch (request)
        {
            case CreateKeyRequest when result.Answer is KeyAnswer key:
                KeyMade(logger, actor, book, key.Name, key.Scopes, trace.Id);
                break;
            case ChangeKeyRequest when result.Answer is KeyAnswer key:
                KeyChanged(logger, actor, book, key.Name, trace.Id);
                break;
            case RotateKeyRequest when result.Answer is KeyAnswer key:
                KeyRotated(logger, actor, book, key.Name, trace.Id);
                break;
            case RevokeKeyRequest when result.Answer is KeyAnswer key:
                KeyRevoked(logger, actor, book, key.Name, trace.Id);
                break;
            case OpenBookRequest when result.Answer is BookAnswer opened:
                BookOpened(logger, actor, opened.Name, trace.Id);
                break;
            case EraseCustomerRequest erased:
                CustomerErased(logger, actor, book, erased.Id.Number, trace.Id);
                break;
            default:
                if (result.Answer is FileAnswer)
                    FileDrawn(logger, actor, book, call.Path, trace.Id);
                break;
        }
    }

    bool MayTell(out long before)
    {
        lock (gate)
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            before = 0;
            if (now != second)
                (second, told, before, passedOver) = (now, 0, passedOver, 0);
            if (told++ < MostRefusalsOfSecond)
                return true;
            passedOver++;
            return false;
        }
    }

    [LoggerMessage(
        EventId = 310, Level = LogLevel.Warning, Message = "refused {Code}: no valid key, from {Address}, {Call}, request={RequestId}")]
    static partial void KeyRefused(ILogger logger, string code, IPAddress? address, string call, string requestId);

    [LoggerMessage(
        EventId = 311, Level = LogLevel.Warning, Message = "refused {Code}: key={Key} book={Book}, {Call}, request={RequestId}")]
    static partial void ScopeRefused(ILogger logger, string key, string book, string code, string call, string requestId);

    [LoggerMessage(EventId = 312, Level = LogLevel.Warning, Message = "{Count} further refusals were not told one by one")]
    static partial void PassedOver(ILogger logger, long count);

    [LoggerMessage(
        EventId = 313,
        Level = LogLevel.Information,
        Message = "key made: {Name} with {Scopes}, by key={Key} book={Book}, request={RequestId}")]
    static partial void KeyMade(ILogger logger, string key, string book, string name, Scopes scopes, string requestId);

    [LoggerMessage(
        EventId = 314, Level = LogLevel.Information, Message = "key revoked: {Name}, by key={Key} book={Book}, request={RequestId}")]
    static partial void KeyRevoked(ILogger logger, string key, string book, string name, string requestId);

    [LoggerMessage(
        EventId = 318, Level = LogLevel.Information, Message = "key changed: {Name}, by key={Key} book={Book}, request={RequestId}")]
    static partial void KeyChanged(ILogger logger, string key, string book, string name, string requestId);

    [LoggerMessage(
        EventId = 319, Level = LogLevel.Information, Message = "key rotated: {Name}, by key={Key} book={Book}, request={RequestId}")]
    static partial void KeyRotated(ILogger logger, string key, string book, string name, string requestId);

    [LoggerMessage(EventId = 315, Level = LogLevel.Information, Message = "book opened: {Book}, by key={Key}, request={RequestId}")]
    static partial void BookOpened(ILogger logger, string key, string book, string requestId);

    [LoggerMessage(
        EventId = 316,
        Level = LogLevel.Information,
        Message = "personal data erased: customer {Customer}, by key={Key} book={Book}, request={RequestId}")]
    static partial void CustomerErased(ILogger logger, string key, string book, long customer, string requestId);

    [LoggerMessage(
        EventId = 317, Level = LogLevel.Information, Message = "file drawn: {Call}, by key={Key} book={Book}, request={RequestId}")]
    static partial void FileDrawn(ILogger logger, string key, string book, string call, string requestId);

    [LoggerMessage(
        EventId = 320,
        Level = LogLevel.Information,
        Message = "journal exported: book={Book} after {After}, with personal values: {WithPersonal}, by key={Key}")]
    static partial void JournalExported(ILogger logger, string book, long after, bool withPersonal, string key);
}
