using System.Buffers;
using System.Text;
using System.Text.Json;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Answers;
using Kopeck.Server.Bodies;
using Kopeck.Server.Calls;
using Kopeck.Server.Queries;
using Microsoft.Extensions.Primitives;

namespace Kopeck.Server.Hosting;

/// <summary>A request's way through the adapter. The order of the checks is the order in which errors win: 401, 429, 403, route and method, media types, size, 400, 422, and then the engine's.</summary>
sealed class RequestPipeline(LedgerEngine engine, ApiKeys keys, ServerOptions options, TimeProvider time, ServerMetrics metrics, ILogger<RequestPipeline> logger, CancellationToken stopping)
{
    // Bytes that take more than a millisecond or so to read.
    const int LongBody = 64 << 10;

    const string KeyHeader = "Idempotency-Key";
    const string LastEventHeader = "Last-Event-ID";
    const string AfterParameter = "after";

    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    readonly Failures failures = new(logger);

    public async Task RunAsync(HttpContext http)
    {
        Answer answer;
        Call? call = null;
        var body = ReadOnlyMemory<byte>.Empty;
        var started = time.GetTimestamp();
        try
        {
            (answer, call) = await AnswerAsync(http);
            if (answer.Content is JournalContent feed)
            {
                metrics.Count(call, answer.Status, time.GetElapsedTime(started));
                await JournalEvents.WriteAsync(http, feed, http.Features.Get<CallerKey>()!, stopping);
                return;
            }

            if (answer.Content is FileContent file)
            {
                await FileAnswers.WriteAsync(http, file.File, logger);
                metrics.Count(call, answer.Status, time.GetElapsedTime(started));
                return;
            }

            body = answer.WriteBody();
        }
        catch (BadHttpRequestException exception)
        {
            answer = exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Answer.Reject(ErrorCode.TooLarge, "The body is too large")
                : Answer.Reject(ErrorCode.MalformedRequest, exception.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            answer = Answer.Reject(failures.Explain(exception, http.Request.Method, call?.Path ?? ""));
        }

        metrics.Count(call, answer.Status, time.GetElapsedTime(started));
        await WriteAsync(http, answer, body.IsEmpty ? answer.WriteBody() : body);
    }

    static async Task WriteAsync(HttpContext http, Answer answer, ReadOnlyMemory<byte> body)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.MediaType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (answer.IsReplay)
            response.Headers["Idempotency-Replayed"] = "true";
        if (answer.Rejection?.Code is { } code)
        {
            if (code == ErrorCode.Unauthorized)
                response.Headers.WWWAuthenticate = "Bearer realm=\"kopeck\"";
            if (code.RetryAfter() is { } seconds)
                response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (!HttpMethods.IsHead(http.Request.Method))
            await response.Body.WriteAsync(body, http.RequestAborted);
    }

    async ValueTask<(Answer, Call?)> AnswerAsync(HttpContext http)
    {
        var request = http.Request;
        var (found, refusal) = await CallerKey.AdmitAsync(keys, options.Limits, request.Headers.Authorization, http.Connection.RemoteIpAddress, http.RequestAborted);
        if (found is not { } caller)
            return (Answer.Reject(refusal!), null);

        http.Features.Set(caller);
        var calls = CallTable.Find(request.Path.Value ?? "", out var values);
        if (calls.Count == 0)
            return (Answer.Reject(ErrorCode.RouteNotFound, "There is no such call: see /docs"), null);
        var method = HttpMethods.IsHead(request.Method) ? "GET" : request.Method;
        var call = calls.FirstOrDefault(other => other.Method == method);
        if (call is null)
        {
            var allowed = string.Join(", ", calls.SelectMany(other => other.IsMutation ? [other.Method] : new[] { other.Method, "HEAD" }).Order(StringComparer.Ordinal));
            http.Response.Headers.Allow = allowed;
            return (Answer.Reject(ErrorCode.MethodNotAllowed, $"The path takes {allowed}"), null);
        }

        var answer = await AnswerAsync(http, caller.Key, call, values);
        return (answer.Rejection is { Code: ErrorCode.InvalidQuery } invalid && IsResumed(request, call, out _) ? Answer.Reject(NameHeader(invalid)) : answer, call);
    }

    async ValueTask<Answer> AnswerAsync(HttpContext http, ApiKey key, Call call, IReadOnlyList<string> values)
    {
        var request = http.Request;
        if (CallChecks.CheckScope(key, call) is { } forbidden)
            return Answer.Reject(forbidden);
        var accepted = AnswerFormat.Choose(request, call.Formats);
        if (call.Formats.Count == 0 ? !Accepts(request, call.MediaType) : accepted is null && !request.Query.ContainsKey(AnswerFormat.Parameter))
            return Answer.Reject(ErrorCode.NotAcceptable, $"Answers are {(call.Formats.Count == 0 ? call.MediaType : string.Join(", ", call.Formats.Select(format => format.BareMediaType).Distinct(StringComparer.Ordinal)))}");
        if (MediaTypes.Check(request, call) is { } unsupported)
            return Answer.Reject(unsupported);

        var bytes = ReadOnlyMemory<byte>.Empty;
        if (call.BodyKind != BodyKind.None)
        {
            if (request.ContentLength > call.BodyLimit || await ReadBodyAsync(request, call.BodyLimit, http.RequestAborted) is not { } read)
                return Answer.Reject(ErrorCode.TooLarge, $"The body has at most {call.BodyLimit} bytes");
            bytes = read;
            // Long work leaves the thread that takes the sockets' events, on which others wait.
            if (bytes.Length > LongBody)
                await Task.Yield();
        }

        using var json = TryParse(call, bytes, out var malformed);
        if (malformed is not null)
            return Answer.Reject(malformed);
        var problems = new List<FieldProblem>();
        var query = QueryValues.Read(QueryOf(request, call), call.Parameters, problems);
        if (problems.Count > 0)
            return Answer.Reject(CallChecks.InvalidQuery(problems));
        if (ReadKey(request, call, out var idempotencyKey) is { } keyProblem)
            return Answer.Reject(keyProblem);

        var body = json is not null && call.Body is { } shape ? BodyReader.Read(json.RootElement, shape, problems) : BodyValues.Empty;
        if (json is not null && call.BodyKind == BodyKind.Empty)
            BodyReader.Read(json.RootElement, new Shape("Empty", []), problems);
        if (problems.Count > 0)
            return Answer.Reject(Rejection.InvalidFields([.. problems]));
        return await call.Handle(new CallContext
        {
            Call = call,
            Engine = engine,
            Keys = keys,
            Options = options,
            Time = time,
            Key = key,
            Path = values,
            Query = query,
            Body = body,
            Map = json is not null && call.BodyKind == BodyKind.Map ? MapEntry.Read(json.RootElement) : [],
            ReadItems = () => [.. body.Items("operations").Select(BatchCalls.ReadItem)],
            Bytes = bytes,
            IdempotencyKey = idempotencyKey,
            AcceptedFormat = accepted,
            AcceptLanguage = request.Headers.AcceptLanguage.ToString(),
            Cancelled = http.RequestAborted,
        });
    }

    static bool Accepts(HttpRequest request, string mediaType)
    {
        var accept = request.GetTypedHeaders().Accept;
        return request.Headers.Accept.Count == 0 || accept.Any(type => type.Quality is not 0 && (type.MatchesAllTypes || type.MatchesMediaType(mediaType) || (mediaType == "application/json" && type.MatchesMediaType(Problem.MediaType)) || (type.MatchesAllSubTypes && mediaType.StartsWith(type.Type + "/", StringComparison.OrdinalIgnoreCase))));
    }

    // A client of server-sent events that comes back says where it was in a header of its own.
    static IEnumerable<KeyValuePair<string, StringValues>> QueryOf(HttpRequest request, Call call) =>
        IsResumed(request, call, out var last) ? request.Query.Where(pair => pair.Key != AfterParameter).Append(KeyValuePair.Create(AfterParameter, last)) : request.Query;

    static bool IsResumed(HttpRequest request, Call call, out StringValues last)
    {
        last = default;
        return call.MediaType == JournalContent.EventStream && request.Headers.TryGetValue(LastEventHeader, out last);
    }

    /// <summary>The same refusal, of the header that the caller sent.</summary>
    static Rejection NameHeader(Rejection rejection) => rejection with
    {
        Detail = rejection.Detail.StartsWith(AfterParameter + ":", StringComparison.Ordinal) ? LastEventHeader + rejection.Detail[AfterParameter.Length..] : rejection.Detail,
        Fields = [.. rejection.Fields.Select(field => field.Pointer == AfterParameter ? field with { Pointer = LastEventHeader } : field)],
    };

    /// <summary>The body; null when it is larger than the limit.</summary>
    static async ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.Buffer.Length > limit)
            {
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                ReadOnlyMemory<byte> bytes = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    static JsonDocument? TryParse(Call call, ReadOnlyMemory<byte> bytes, out Rejection? malformed)
    {
        malformed = null;
        // RFC 8259, section 8.1: a parser may ignore a byte order mark, which some editors and languages write.
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (call.BodyKind is BodyKind.None or BodyKind.Feed || (call.BodyKind == BodyKind.Empty && bytes.IsEmpty))
            return null;
        JsonDocument? json = null;
        try
        {
            // Decoded strictly first: a JSON parser may let broken UTF-8 in strings pass until they are read.
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes.Span);
            json = JsonDocument.Parse(bytes, Strict);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json;
            malformed = new Rejection(ErrorCode.MalformedRequest, "The body is a JSON object");
        }
        catch (DecoderFallbackException)
        {
            malformed = new Rejection(ErrorCode.MalformedRequest, "The body is not UTF-8");
        }
        catch (JsonException exception)
        {
            malformed = new Rejection(ErrorCode.MalformedRequest, bytes.IsEmpty ? "The body is empty: send a JSON object" : $"The body is not a JSON object with each member once: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            malformed = new Rejection(ErrorCode.MalformedRequest, "A member's name has an unpaired surrogate");
        }

        json?.Dispose();
        return null;
    }

    static Rejection? ReadKey(HttpRequest request, Call call, out IdempotencyKey? key)
    {
        if (!request.Headers.TryGetValue(KeyHeader, out var header) || !call.IsMutation)
            return CallChecks.ReadKey(null, call, "the header " + KeyHeader, out key);
        var text = header.Count == 1 ? header[0] ?? "" : "";
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
            text = text[1..^1];
        return CallChecks.ReadKey(text, call, KeyHeader, out key);
    }
}
