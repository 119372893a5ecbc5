using Kopeck.Ledger;

namespace Kopeck.Engine.Keys;

/// <summary>Until when, where from and how often an API key may be used.</summary>
/// <param name="ExpiresAt">From when on it is not valid; null for never.</param>
/// <param name="Networks">Where it may be used from; null for anywhere.</param>
/// <param name="RateLimit">How often it may ask a second; null for as often as the server lets keys.</param>
public sealed record KeyTerms(Instant? ExpiresAt, AllowedNetworks? Networks, int? RateLimit)
{
    /// <summary>For ever, from anywhere.</summary>
    public static KeyTerms None { get; } = new(null, null, null);
}
