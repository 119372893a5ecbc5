using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Kopeck.Ledger.Errors;

namespace Kopeck.Parity.Tests;

/// <summary>Every error is in a scenario, or it is said why not.</summary>
public sealed partial class ErrorCoverageTests
{
    static readonly Dictionary<ErrorCode, string> Elsewhere = new()
    {
        [ErrorCode.MalformedRequest] = "of a text or a message that cannot be read: the embedded ledger takes neither",
        [ErrorCode.TooLarge] = "of a body's or a message's bytes: the embedded ledger has none",
        [ErrorCode.Unauthorized] = "of API keys: the embedded ledger has none",
        [ErrorCode.RouteNotFound] = "of paths: in a program it does not compile",
        [ErrorCode.MethodNotAllowed] = "of HTTP's methods",
        [ErrorCode.NotAcceptable] = "of HTTP's header Accept",
        [ErrorCode.UnsupportedMediaType] = "of encodings of a body or a message",
        [ErrorCode.TooManyCaptures] = "of a hold with a thousand captures, which each answer tells: a story of many megabytes",
        [ErrorCode.RateLimited] = "of a server's setting",
        [ErrorCode.Overloaded] = "of the moment, not of the request",
        [ErrorCode.StorageUnavailable] = "of the moment, not of the request",
        [ErrorCode.ClockSkew] = "of the moment, not of the request",
        [ErrorCode.IssuerUnavailable] = "of tokens, and of the moment",
        [ErrorCode.Internal] = "a bug",
    };

    [Fact]
    public void Every_error_is_in_a_scenario_or_there_is_a_reason()
    {
        var told = Refusal().Matches(File.ReadAllText(Path.Combine(Folder(), "Scenarios.cs"))).Select(match => match.Groups["code"].Value)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            Enum.GetValues<ErrorCode>().Where(code => !Elsewhere.ContainsKey(code)).Select(code => code.Name())
                .Order(StringComparer.Ordinal),
            told.Order(StringComparer.Ordinal));
    }

    static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex("RefuseAsync\\(\"(?<code>[a-z_]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Refusal();
}
