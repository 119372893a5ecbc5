using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Tokens;

/// <summary>The file that names identity providers, and what their tokens allow. Strict: what it does not know is an error.</summary>
public static class IssuerFile
{
    const int MaxClockSkewSeconds = 300;
    const int MaxRateLimit = 1_000_000;

    static readonly string[] Members =
        ["issuer", "audience", "algorithms", "claim", "grants", "clockSkewSeconds", "rateLimit"];

    static readonly string[] GrantMembers = ["value", "book", "scopes"];

    /// <summary>Reads it; one line of what is wrong otherwise.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> content,
        [NotNullWhen(true)] out IReadOnlyList<IssuerOptions>? issuers,
        [NotNullWhen(false)] out string? problem)
    {
        (issuers, problem) = (null, null);
        try
        {
            using var json = JsonDocument.Parse(content, new JsonDocumentOptions
            {
                AllowDuplicateProperties = false,
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            });
            var read = List(json.RootElement, "the file").Select(Read).ToList();
            if (read.Count == 0)
                throw new FormatException("it names no issuer");
            if (read.CountBy(one => one.Issuer, StringComparer.Ordinal).FirstOrDefault(one => one.Value > 1).Key is { } twice)
                throw new FormatException($"it names the issuer {twice} twice");
            issuers = read;
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            problem = exception.Message;
            return false;
        }
    }

    static IssuerOptions Read(JsonElement json)
    {
        Require(json, "an issuer", Members);
        var issuer = Text(json, "issuer");
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var address)
            || !IsSafe(address)
            || address.Query.Length + address.Fragment.Length > 0)
            throw new FormatException(
                $"the issuer {issuer} is not an https address (http is for this machine's own, 127.0.0.1 or localhost)");
        return new IssuerOptions
        {
            Issuer = issuer,
            Audiences = Texts(json, "audience"),
            Algorithms = json.TryGetProperty("algorithms", out _) ? Algorithms(json) : SigningAlgorithms.Default,
            Claim = Texts(json, "claim"),
            Grants = Grants(json),
            ClockSkew = TimeSpan.FromSeconds(Number(json, "clockSkewSeconds", MaxClockSkewSeconds) ?? 30),
            RateLimit = Number(json, "rateLimit", MaxRateLimit),
        };
    }

    /// <summary>Whether what comes from an address can be believed.</summary>
    internal static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps
        || (address.Scheme == Uri.UriSchemeHttp
            && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))));

    static IReadOnlyList<string> Algorithms(JsonElement json)
    {
        var named = Texts(json, "algorithms");
        return named.FirstOrDefault(one => !SigningAlgorithms.Known.Contains(one, StringComparer.Ordinal)) is { } other
            ? throw new FormatException($"the algorithm {other} is none of {string.Join(", ", SigningAlgorithms.Known)}")
            : named;
    }

    static List<TokenGrant> Grants(JsonElement json)
    {
        if (!json.TryGetProperty("grants", out var grants) || grants.ValueKind != JsonValueKind.Array || grants.GetArrayLength() == 0)
            throw new FormatException("\"grants\" is a list of at least one {\"value\", \"book\", \"scopes\"}");
        return [.. grants.EnumerateArray().Select(grant =>
        {
            Require(grant, "a grant", GrantMembers);
            var book = Text(grant, "book");
            if (!BookName.TryParse(book, out var name, out var error))
                throw new FormatException($"the book {book}: {error.Detail}");
            return ScopeNames.TryParse(string.Join(',', Texts(grant, "scopes")), out var scopes) && scopes != Scopes.None
                ? new TokenGrant(Text(grant, "value"), name, scopes)
                : throw new FormatException($"\"scopes\" are of {string.Join(", ", ScopeNames.All)}");
        })];
    }

    static void Require(JsonElement json, string what, string[] members)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{what} is an object");
        if (json.EnumerateObject().Select(member => member.Name).Except(members, StringComparer.Ordinal).FirstOrDefault() is { } strange)
            throw new FormatException($"{what} has no \"{strange}\"; it has {string.Join(", ", members)}");
    }

    static JsonElement.ArrayEnumerator List(JsonElement json, string what) => json.ValueKind == JsonValueKind.Array
        ? json.EnumerateArray()
        : throw new FormatException($"{what} is a list of issuers, [{{\"issuer\": \"https://...\", ...}}]");

    static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new FormatException($"\"{name}\" is a text");

    // One text, or several.
    static IReadOnlyList<string> Texts(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Array ? [Text(json, name)]
        : value.GetArrayLength() > 0
            && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String && one.GetString()!.Length > 0)
            ? [.. value.EnumerateArray().Select(one => one.GetString()!)]
            : throw new FormatException($"\"{name}\" is a text or a list of texts");

    static int? Number(JsonElement json, string name, int most) =>
        !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 && number <= most ? number
        : throw new FormatException($"\"{name}\" is a whole number from 0 to {most}");
}
