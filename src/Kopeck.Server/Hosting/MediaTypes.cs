using Kopeck.Ledger.Errors;
using Kopeck.Server.Calls;
using Microsoft.Net.Http.Headers;

namespace Kopeck.Server.Hosting;

/// <summary>Which bodies a call reads, by their media type.</summary>
static class MediaTypes
{
    static readonly string[] Json = ["application/json"];
    static readonly string[] Feeds = ["application/xml", "text/xml", "text/csv", "text/plain", "application/json", "application/octet-stream"];

    /// <summary>The refusal of a body's media type or encoding.</summary>
    public static Rejection? Check(HttpRequest request, Call call)
    {
        if (call.BodyKind == BodyKind.None)
            return null;
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
            return Refuse("Send the body without a content encoding");
        var known = call.BodyKind == BodyKind.Feed ? Feeds : Json;
        if (string.IsNullOrEmpty(request.ContentType))
            return call.BodyKind == BodyKind.Empty && request.ContentLength is null or 0 && !request.Headers.TransferEncoding.Contains("chunked", StringComparer.OrdinalIgnoreCase) ? null : Refuse($"Send Content-Type: {known[0]}");
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !known.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            return Refuse($"The body is one of {string.Join(", ", known)}");
        return call.BodyKind != BodyKind.Feed && type.Charset.HasValue && !type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? Refuse("JSON is UTF-8")
            : null;
    }

    static Rejection Refuse(string detail) => new(ErrorCode.UnsupportedMediaType, detail);
}
