using Microsoft.Net.Http.Headers;

namespace Kopeck.Server.Calls;

/// <summary>A format that an answer may have.</summary>
/// <param name="Name">In <c>format=</c>.</param>
/// <param name="MediaType">With a character set where it has one.</param>
public sealed record AnswerFormat(string Name, string MediaType)
{
    /// <summary>The query parameter that wins over Accept.</summary>
    public const string Parameter = "format";

    /// <summary>The media type alone.</summary>
    public string BareMediaType => MediaType.Split(';')[0];

    /// <summary>The format that a request accepts best (RFC 9110, section 12.5.1); among equals the first. Null where it accepts none.</summary>
    internal static string? Choose(HttpRequest request, IReadOnlyList<AnswerFormat> formats)
    {
        if (formats.Count == 0)
            return null;
        if (request.Headers.Accept.Count == 0)
            return formats[0].Name;
        // A quality that is no weight (0 to 1) makes the element malformed: it counts as if it were not there.
        var accept = request.GetTypedHeaders().Accept.Where(range => range.Parameters.All(parameter => !parameter.Name.Equals("q", StringComparison.OrdinalIgnoreCase) || range.Quality is >= 0 and <= 1)).ToList();
        var (best, bestQuality) = ((string?)null, 0.0);
        foreach (var format in formats)
        {
            if (Quality(format, accept) is var quality && quality > bestQuality)
                (best, bestQuality) = (format.Name, quality);
        }

        return best;
    }

    // What names the type itself says more than type/*, and that more than */*.
    static double Quality(AnswerFormat format, IList<MediaTypeHeaderValue> accept)
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
