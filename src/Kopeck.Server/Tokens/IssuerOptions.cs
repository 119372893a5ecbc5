namespace Kopeck.Server.Tokens;

/// <summary>An identity provider whose tokens are taken in the place of API keys.</summary>
public sealed record IssuerOptions
{
    /// <summary>Its name, as it stands in its tokens' <c>iss</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>Of which a token's <c>aud</c> must have one.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>The signatures that are taken, of <see cref="SigningAlgorithms.Known"/>.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = SigningAlgorithms.Default;

    /// <summary>The way to the claim that says what its holder may do: a member's name, and of that the next.</summary>
    public required IReadOnlyList<string> Claim { get; init; }

    /// <summary>What each value of the claim allows.</summary>
    public required IReadOnlyList<TokenGrant> Grants { get; init; }

    /// <summary>How far its clock and this machine's may be apart.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often each of its subjects may ask a second; null for as often as the server lets keys.</summary>
    public int? RateLimit { get; init; }

    /// <summary>Where its document is: OpenID Connect Discovery 1.0, section 4.</summary>
    public Uri Metadata => new(Issuer.TrimEnd('/') + "/.well-known/openid-configuration");
}
