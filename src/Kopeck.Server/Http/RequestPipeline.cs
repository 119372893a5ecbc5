using System.Globalization;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Hosting;
using Microsoft.Extensions.Primitives;

namespace Kopeck.Server.Http;

/// <summary>
/// A request's way through the adapter. The order of the checks is the order in which errors win: 401, 429, 403, route and method, media
/// types, size, 400, 422, and then the engine's.
/// </summary>
sealed class RequestPipeline(
    LedgerApi api, ServerOptions options, RequestObserver observer, ILogger<RequestPipeline> logger, CancellationToken stopping)
{
    // As proxies log a caller who went away.
    const int ClientGone = 499;

    // Bytes that take more than a millisecond or so to read.
    const int LongBody = 64 << 10;

    const string KeyHeader = "Idempotency-Key";
    const string LastEventHeader = "Last-Event-ID";
    const string AfterParameter = "after";

    readonly Failures failures = new(logger);
    readonly Credentials credentials = new(api.Keys, options.Tokens);

    public async Task RunAsync(HttpContext http)
    {
        var trace = observer.Begin(http, "http");
        // Known before anything else, so that whatever breaks is told with its route.
        Call? call = null;
        string? allowed = null;
        Rejection? refusal;
        RequestHold? hold = null;
        try
        {
            var unrouted = Route(http.Request, out call, out var values, out allowed);
            trace.Call = call?.Route;
            var (caller, denied) = await CallerKey.AdmitAsync(
                credentials, options.Limits, http.Request.Headers, http.Connection.RemoteIpAddress, http.RequestAborted);
            trace.Who = caller?.Identity;
            refusal = denied ?? unrouted;
            if (refusal is null)
            {
                hold = new RequestHold(options.Shares, caller!.Key.Digest);
                refusal = hold.Enter();
            }

            if (refusal is null)
            {
                var result = await DoAsync(http, trace, caller!, call!, values, hold!);
                refusal = result.Rejection;
                if (result.Answer is { } answer)
                {
                    refusal = await SendAsync(http, trace, call!, caller!, result, answer, hold!);
                    if (refusal is null)
                        return;
                }
            }
        }
        catch (BadHttpRequestException exception)
        {
            refusal = exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new Rejection(ErrorCode.TooLarge, "The body is too large")
                : new Rejection(ErrorCode.MalformedRequest, exception.Message);
        }
        catch (Exception exception) when (
            exception is BrokenOffException or NotReadingException || (exception is OperationCanceledException && IsOver(http)))
        {
            // Nobody is there to be answered.
            http.Abort();
            End(http, trace, call, ClientGone);
            return;
        }
        catch (Exception exception)
        {
            refusal = failures.Explain(exception, http.Request.Method, call?.Path ?? "");
        }
        finally
        {
            hold?.Dispose();
        }

        trace.Code = refusal!.Code;
        End(http, trace, call, refusal.Code.Status());
        if (refusal.Code == ErrorCode.MethodNotAllowed)
            http.Response.Headers.Allow = allowed;
        await RefuseAsync(http, refusal, trace);
    }

    void End(HttpContext http, RequestTrace trace, Call? call, int status) =>
        observer.End(trace, call?.Method ?? "", call?.Path ?? "", status, http.Connection.RemoteIpAddress);

    bool IsOver(HttpContext http) => http.RequestAborted.IsCancellationRequested || stopping.IsCancellationRequested;

    static Rejection? Route(HttpRequest request, out Call? call, out IReadOnlyList<string> values, out string? allowed)
    {
        (call, allowed) = (null, null);
        var calls = CallTable.Find(request.Path.Value ?? "", out values);
        if (calls.Count == 0)
            return new Rejection(ErrorCode.RouteNotFound, "There is no such call: see /docs");
        var method = HttpMethods.IsHead(request.Method) ? "GET" : request.Method;
        foreach (var known in calls)
        {
            if (known.Method == method)
            {
                call = known;
                return null;
            }
        }

        var methods = calls.SelectMany(other => other.IsMutation ? [other.Method] : new[] { other.Method, "HEAD" });
        allowed = string.Join(", ", methods.Order(StringComparer.Ordinal));
        return new Rejection(ErrorCode.MethodNotAllowed, $"The path takes {allowed}");
    }

    async ValueTask<Result> DoAsync(
        HttpContext http, RequestTrace trace, CallerKey caller, Call call, IReadOnlyList<string> values, RequestHold hold)
    {
        var request = http.Request;
        if (Refusals.Forbid(call, caller.Identity) is { } forbidden)
            return Refuse(forbidden);
        if (AcceptedFormat.Refuse(request, call, out var format) is { } offered)
            return Refuse(new Rejection(ErrorCode.NotAcceptable, $"Answers are {offered}"));
        if (MediaTypes.Check(request, call) is { } unsupported)
            return Refuse(unsupported);
        var bytes = ReadOnlyMemory<byte>.Empty;
        if (call.BodyKind != BodyKind.None)
        {
            (bytes, var refused) = await RequestBody.ReadAsync(request, call.BodyLimit, hold, http.RequestAborted);
            if (refused is not null)
                return Refuse(refused);
            // Long work leaves the thread that takes the sockets' events, on which others wait.
            if (bytes.Length > LongBody)
                await Task.Yield();
        }

        var asked = call.NewRequest();
        if (asked is DocumentRequest document)
            (document.AcceptedFormat, document.AcceptLanguage) = (format, request.Headers.AcceptLanguage.ToString());
        if (Read(request, call, asked, caller.Identity, values, bytes, out var key) is { } wrong)
            return Refuse(wrong);
        if (asked is BatchRequest batch && options.Limits?.CountItems(caller.Key, batch.Items.Count) is { } tooMany)
            return Refuse(tooMany);
        if (await hold.EnterListAsync(asked, http.RequestAborted) is { } tooManyLists)
            return Refuse(tooManyLists);
        var result = await call.RunAsync(new CallContext(api, caller.Identity, call, key, http.RequestAborted), asked);
        if (result.Answer is not null)
            observer.Done(trace, call, asked, result);
        return result.Rejection is { Code: ErrorCode.InvalidQuery } invalid
            && IsResumed(request, call, out _) ? Refuse(NameHeader(invalid)) : result;
    }

    /// <summary>Reads a request into its record.</summary>
    static Rejection? Read(
        HttpRequest request,
        Call call,
        CallRequest asked,
        Identity who,
        IReadOnlyList<string> values,
        ReadOnlyMemory<byte> bytes,
        out IdempotencyKey? key)
    {
        key = null;
        var problems = new Problems();
        if (call.BodyKind is BodyKind.Json or BodyKind.Empty or BodyKind.Map && JsonBody.Read(
            bytes, call, asked, who, problems) is { } malformed)
            return malformed;
        if (asked is ImportQuotesRequest import)
            import.Feed = bytes;
        QueryText.ReadPlaces(values, call, asked);
        var isResumed = IsResumed(request, call, out var last);
        if (request.QueryString.HasValue || isResumed || call.Parameters.Any(parameter => parameter.IsRequired))
        {
            var wrong = new Problems();
            QueryText.Read(request.Query, isResumed ? (AfterParameter, last) : null, call, asked, wrong);
            if (wrong.InvalidQuery is { } invalid)
                return isResumed ? NameHeader(invalid) : invalid;
        }

        return ReadKey(request, call, out key) ?? problems.Refusal;
    }

    // A client of server-sent events that comes back says where it was in a header of its own.
    static bool IsResumed(HttpRequest request, Call call, out StringValues last)
    {
        last = default;
        return call.MediaType == JournalAnswer.EventStream && request.Headers.TryGetValue(LastEventHeader, out last);
    }

    /// <summary>The same refusal, of the header that the caller sent.</summary>
    static Rejection NameHeader(Rejection rejection) => rejection with
    {
        Detail = rejection.Detail.StartsWith(
            AfterParameter + ":",
            StringComparison.Ordinal) ? LastEventHeader + rejection.Detail[AfterParameter.Length..] : rejection.Detail,
        Fields = [.. rejection.Fields.Select(field => field.Pointer == AfterParameter ? field with { Pointer = LastEventHeader } : field)],
    };

    static Rejection? ReadKey(HttpRequest request, Call call, out IdempotencyKey? key)
    {
        if (!call.IsMutation || !request.Headers.TryGetValue(KeyHeader, out var header))
            return Refusals.ReadKey(null, call, "the header " + KeyHeader, out key);
        var text = header.Count == 1 ? header[0] ?? "" : "";
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
            text = text[1..^1];
        return Refusals.ReadKey(text, call, KeyHeader, out key);
    }

    static Result Refuse(Rejection rejection) => Result<ListAnswer<OperationAnswer>>.Refuse(rejection);

    /// <summary>Sends an answer; the refusal of one that the key may not have now.</summary>
    async ValueTask<Rejection?> SendAsync(
        HttpContext http, RequestTrace trace, Call call, CallerKey caller, Result result, Answer answer, RequestHold hold)
    {
        if (answer is JournalAnswer or FileAnswer && hold.OpenStream() is { } tooManyStreams)
            return tooManyStreams;
        if (answer is JournalAnswer feed)
        {
            await JournalEvents.WriteAsync(http, feed, caller, hold.Patience, stopping);
            End(http, trace, call, StatusCodes.Status200OK);
            return null;
        }

        if (answer is FileAnswer file)
        {
            await FileAnswers.WriteAsync(http, file.File, caller, hold, logger);
            End(http, trace, call, StatusCodes.Status200OK);
            return null;
        }

        var buffer = AnswerBuffer.Write(answer);
        hold.LeaveList();
        if (hold.Add(buffer.Written.Length, mayRefuse: !call.IsMutation) is { } tooManyBytes)
        {
            buffer.Return();
            return tooManyBytes;
        }

        var status = result.IsUnchanged ? StatusCodes.Status200OK : call.Success;
        End(http, trace, call, status);
        if (result.IsReplay)
            http.Response.Headers["Idempotency-Replayed"] = "true";
        await WriteAsync(http, status, "application/json", buffer, hold.Patience);
        return null;
    }

    Task RefuseAsync(HttpContext http, Rejection rejection, RequestTrace trace)
    {
        if (rejection.Code == ErrorCode.Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"kopeck\"";
        if (rejection.Code.RetryAfter() is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(
            http, rejection.Code.Status(), Problem.MediaType, AnswerBuffer.Write(rejection, trace.Id), options.Shares.Patience);
    }

    static async Task WriteAsync(HttpContext http, int status, string mediaType, AnswerBuffer body, TimeSpan patience)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = mediaType;
        response.ContentLength = body.Written.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(http.Request.Method))
            await Reader.WaitAsync(http, response.Body.WriteAsync(body.Written, http.RequestAborted).AsTask(), patience);
        body.Return();
    }
}
