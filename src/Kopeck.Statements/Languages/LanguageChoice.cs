using System.Globalization;

namespace Kopeck.Statements.Languages;

/// <summary>Chooses a language by the header Accept-Language (RFC 9110, section 12.5.4).</summary>
public static class LanguageChoice
{
    /// <summary>The best of the known languages that the header accepts; the default where it accepts none of them.</summary>
    public static Language ByHeader(string? acceptLanguage)
    {
        var (best, bestWeight) = (Language.Default, 0m);
        foreach (var range in (acceptLanguage ?? "").Split(','))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            var weight =
                parts.Length > 1
                    && parts[1].StartsWith("q=", StringComparison.OrdinalIgnoreCase)
                    && decimal.TryParse(parts[1].AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given)
                        ? given
                        : 1m;
            if (weight > bestWeight && Language.Find(parts[0].Split('-')[0].Trim().ToLowerInvariant()) is { } language)
                (best, bestWeight) = (language, weight);
        }

        return best;
    }
}
