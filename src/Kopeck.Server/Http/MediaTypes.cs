using Kopeck.Api;
using Kopeck.Ledger.Errors;
using Microsoft.Net.Http.Headers;

namespace Kopeck.Server.Http;

/// <summary>Which bodies a call reads, by their media type.</summary>
static class MediaTypes
{
    const string Json = "application/json";

    /// <summary>The refusal of a body's media type or encoding.</summary>
    public static Rejection? Check(HttpRequest request, Call call)
    {
        if (call.BodyKind == BodyKind.None)
            return null;
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
            return Refuse("Send the body without a content encoding");
        if (request.ContentType == Json && call.BodyKind != BodyKind.Feed)
            return null;
        if (string.IsNullOrEmpty(request.ContentType))
            return call.MayLackBody && IsEmpty(request) ? null : Refuse($"Send Content-Type: {call.BodyTypes[0]}");
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !call.BodyTypes.Contains(
            type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            return Refuse($"The body is one of {string.Join(", ", call.BodyTypes)}");
        return call.BodyKind != BodyKind.Feed && type.Charset.HasValue && !type.Charset.Value.AsSpan().Trim('"').Equals(
            "utf-8", StringComparison.OrdinalIgnoreCase)
            ? Refuse("JSON is UTF-8")
            : null;
    }

    static bool IsEmpty(HttpRequest request) =>
        request.ContentLength is null or 0 && !request.Headers.TransferEncoding.Contains("chunked", StringComparer.OrdinalIgnoreCase);

    static Rejection Refuse(string detail) => new(ErrorCode.UnsupportedMediaType, detail);
}
