using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Kopeck.Server.Tokens;

/// <summary>
/// Signed tokens (RFC 7519, RFC 9068) of identity providers, in the place of API keys: who has one is a key of a book with the scopes that
/// the settings give his claim's values. What was found of a token is remembered for a minute, and no longer than the token and its
/// issuer's keys are valid. Safe for concurrent use.
/// </summary>
public sealed class BearerTokens : IDisposable
{
    /// <summary>The longest token that is looked at.</summary>
    public const int Longest = 8 << 10;

    const int MaxRemembered = 10_000;
    const int LongestSubject = 255;

    // `{"` in Base64: how each starts.
    const string Start = "ey";
    const int Dots = 2;

    static readonly TimeSpan RememberedFor = TimeSpan.FromMinutes(1);

    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    static readonly Rejection IssuerAway = new(
        ErrorCode.IssuerUnavailable, "The keys of the token's issuer cannot be read now: try again in a few seconds");

    readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = Longest };
    readonly IssuerDocuments documents = new();
    readonly Dictionary<string, (IssuerOptions Options, IssuerKeys Keys)> issuers;
    readonly ConcurrentDictionary<Digest, KnownToken> remembered = new();
    readonly ILedgerStore store;
    readonly TimeProvider time;

    /// <summary>Takes tokens of some issuers, for the books of a store. Nothing is read before the first token comes.</summary>
    public BearerTokens(IEnumerable<IssuerOptions> issuers, ILedgerStore store, TimeProvider time, ILogger logger)
    {
        (this.store, this.time) = (store, time);
        this.issuers = issuers.ToDictionary(
            one => one.Issuer, one => (one, new IssuerKeys(one, documents, time, logger)), StringComparer.Ordinal);
    }

    /// <summary>Whether a text may be a token at all: three parts, and not too long.</summary>
    internal static bool IsForm([NotNullWhen(true)] string? token) =>
        token?.Length is > 0 and <= Longest
            && token.StartsWith(Start, StringComparison.Ordinal)
            && token.AsSpan().Count('.') == Dots;

    /// <summary>Whether a token was valid a moment ago: told without work.</summary>
    internal bool Knows(string token) => IsForm(token) && Recall(Digest.Of(Encoding.UTF8.GetBytes(token))) is not null;

    /// <summary>The key that a valid token is, for a book or for the only one; neither key nor refusal where it is not valid.</summary>
    internal async ValueTask<(ApiKey? Key, Rejection? Refusal)> FindAsync(string token, string? book, CancellationToken cancellationToken)
    {
        if (!IsForm(token))
            return default;
        var digest = Digest.Of(Encoding.UTF8.GetBytes(token));
        if (Recall(digest) is { } known)
            return known.For(book);
        // Verifying computes, on a thread on which others wait.
        await EventThread.LeaveAsync();
        var (found, refusal) = await VerifyAsync(token, cancellationToken);
        if (found is null)
            return (null, refusal);
        if (remembered.Count >= MaxRemembered)
            remembered.Clear();
        remembered[digest] = found;
        return found.For(book);
    }

    /// <inheritdoc/>
    public void Dispose() => documents.Dispose();

    KnownToken? Recall(Digest digest) =>
        remembered.TryGetValue(digest, out var known)
            && time.GetElapsedTime(known.At) < RememberedFor
            && time.GetUtcNow() < known.ExpiresAt
            && known.Version == known.Issuer.Version ? known : null;

    async ValueTask<(KnownToken? Known, Rejection? Refusal)> VerifyAsync(string text, CancellationToken cancellationToken)
    {
        if (Read(text) is not { } token || !issuers.TryGetValue(token.Issuer, out var issuer))
            return default;
        var (options, keys) = issuer;
        if (!options.Algorithms.Contains(token.Alg, StringComparer.Ordinal))
            return default;
        var found = await keys.FindAsync(token.Kid, token.Alg, cancellationToken);
        if (found.Keys.Count == 0)
            return (null, found.IsKnown ? null : IssuerAway);
        var at = time.GetTimestamp();
        var result = await handler.ValidateTokenAsync(token, Parameters(options, found.Keys));
        if (!result.IsValid || ReadClaims(token, options) is not var (subject, values))
            return default;
        var granted = await GrantAsync(options, subject, values, token, cancellationToken);
        return (new KnownToken(granted, Utc(token.ValidTo) + options.ClockSkew, at, keys, found.Version), null);
    }

    static JsonWebToken? Read(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        // Of what is no token: the library has an exception for each way of being none.
        catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            return null;
        }
    }

    TokenValidationParameters Parameters(IssuerOptions options, IReadOnlyList<SecurityKey> keys) => new()
    {
        ValidIssuer = options.Issuer,
        ValidAudiences = options.Audiences,
        ValidAlgorithms = options.Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        // Those that were looked up for it: a key that a token brings along is never taken.
        IssuerSigningKeyResolver = (_, _, _, _) => keys,
        TryAllIssuerSigningKeys = true,
        ClockSkew = options.ClockSkew,
        LifetimeValidator = (from, until, _, _) =>
            until is { } end
                && time.GetUtcNow() < Utc(end) + options.ClockSkew
                && (from is not { } start || time.GetUtcNow() >= Utc(start) - options.ClockSkew),
    };

    // Short of the end of all time, so that what clocks may be apart can be added.
    static DateTimeOffset Utc(DateTime at) => new(
        DateTime.SpecifyKind(new DateTime(Math.Min(at.Ticks, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay)), DateTimeKind.Utc));

    /// <summary>Whose a token is, and what stands in its claim; null where it does not say.</summary>
    static (string Subject, IReadOnlySet<string> Values)? ReadClaims(JsonWebToken token, IssuerOptions options)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload), Strict);
            var claims = json.RootElement;
            if (!claims.TryGetProperty("sub", out var sub)
                || sub.ValueKind != JsonValueKind.String
                || sub.GetString() is not { Length: > 0 and <= LongestSubject } subject)
                return null;
            foreach (var name in options.Claim)
            {
                if (claims.ValueKind != JsonValueKind.Object || !claims.TryGetProperty(name, out claims))
                    return (subject, new HashSet<string>(StringComparer.Ordinal));
            }

            return (subject, Values(claims, options.Claim[^1]).ToHashSet(StringComparer.Ordinal));
        }
        // A member twice: who read it otherwise would have taken it for another token.
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }

    // RFC 8693, section 4.2: scopes are one text with spaces.
    static IEnumerable<string> Values(JsonElement claim, string name) => claim.ValueKind switch
    {
        JsonValueKind.String when name is "scope" or "scp" => claim.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        JsonValueKind.String => [claim.GetString()!],
        JsonValueKind.Array => claim.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!),
        _ => [],
    };

    async ValueTask<IReadOnlyList<ApiKey>> GrantAsync(
        IssuerOptions options, string subject, IReadOnlySet<string> values, JsonWebToken token, CancellationToken cancellationToken)
    {
        List<ApiKey> granted = [];
        foreach (var book in options.Grants.Where(grant => values.Contains(grant.Value)).GroupBy(grant => grant.Book))
        {
            if (await store.FindBookAsync(book.Key, cancellationToken) is { } row)
                granted.Add(KeyOf(options, subject, row, book.Aggregate(Scopes.None, (scopes, grant) => scopes | grant.Scopes), token));
        }

        return granted;
    }

    // Its digest stands for the subject, so that all tokens of one share what he may hold and how often he may ask.
    static ApiKey KeyOf(IssuerOptions options, string subject, BookRow book, Scopes scopes, JsonWebToken token)
    {
        var actor = TokenActor.Of(book.Secret, options.Issuer, subject);
        return new ApiKey(
            book.Book, actor, Digest.Of(Encoding.UTF8.GetBytes($"{book.Book}\n{actor}")), scopes, Instant.From(Utc(token.ValidFrom)), null)
        { Terms = new KeyTerms(Instant.From(Utc(token.ValidTo)), null, options.RateLimit) };
    }
}
