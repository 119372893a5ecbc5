using Kopeck.Api;
using Kopeck.Api.Answers;
using Microsoft.Net.Http.Headers;

namespace Kopeck.Server.Http;

/// <summary>What the header Accept takes (RFC 9110, section 12.5.1).</summary>
static class AcceptedFormat
{
    const string Json = "application/json";

    /// <summary>
    /// The refusal of a request that accepts nothing of what its call answers, and the format that it accepts best; among equals the first.
    /// </summary>
    public static string? Refuse(HttpRequest request, Call call, out string? format)
    {
        format = null;
        if (call.Formats.Count == 0)
            return Accepts(request, call.MediaType) ? null : call.MediaType;
        format = Choose(request, call.Formats);
        return format is not null || request.Query.ContainsKey(AnswerFormat.Parameter)
            ? null
            : string.Join(", ", call.Formats.Select(known => known.BareMediaType).Distinct(StringComparer.Ordinal));
    }

    static bool Accepts(HttpRequest request, string mediaType)
    {
        if (request.Headers.Accept.Count == 0 || (request.Headers.Accept is [var single] && single is "*/*" or Json && mediaType == Json))
            return true;
        return request.GetTypedHeaders().Accept.Any(type => type.Quality is not 0 && (
            type.MatchesAllTypes
            || type.MatchesMediaType(mediaType)
            || (mediaType == Json && type.MatchesMediaType(Problem.MediaType))
            || (type.MatchesAllSubTypes && mediaType.StartsWith(type.Type + "/", StringComparison.OrdinalIgnoreCase))));
    }

    static string? Choose(HttpRequest request, IReadOnlyList<AnswerFormat> formats)
    {
        if (request.Headers.Accept.Count == 0)
            return formats[0].Name;
        // A quality that is no weight (0 to 1) makes the element malformed: it counts as if it were not there.
        var accept = request.GetTypedHeaders().Accept.Where(IsWeighed).ToList();
        var (best, bestQuality) = ((string?)null, 0.0);
        foreach (var format in formats)
        {
            if (Quality(format, accept) is var quality && quality > bestQuality)
                (best, bestQuality) = (format.Name, quality);
        }

        return best;
    }

    static bool IsWeighed(MediaTypeHeaderValue range) =>
        range.Parameters.All(parameter => !parameter.Name.Equals(
            "q", StringComparison.OrdinalIgnoreCase) || range.Quality is >= 0 and <= 1);

    // What names the type itself says more than type/*, and that more than */*.
    static double Quality(AnswerFormat format, List<MediaTypeHeaderValue> accept)
    {
        var type = format.BareMediaType;
        var (closest, quality) = (0, 0.0);
        foreach (var range in accept)
        {
            var closeness = range.MatchesAllTypes ? 1
                : range.MatchesAllSubTypes && type.StartsWith(range.Type + "/", StringComparison.OrdinalIgnoreCase) ? 2
                : range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) ? 3
                : type == "application/xml" && range.MediaType.Equals("text/xml", StringComparison.OrdinalIgnoreCase) ? 3
                : 0;
            if (closeness > closest)
                (closest, quality) = (closeness, range.Quality ?? 1);
        }

        return quality;
    }
}
