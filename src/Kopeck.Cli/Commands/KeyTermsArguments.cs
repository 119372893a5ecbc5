using Kopeck.Cli.Settings;
using Kopeck.Engine.Keys;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;

namespace Kopeck.Cli.Commands;

/// <summary>Until when, where from and how often a key may be used, as it was said: what was left out stays, and none clears.</summary>
sealed record KeyTermsArguments(string? Expires, string? Networks, string? RateLimit)
{
    const string None = "none";

    /// <summary>What the terms become. Throws <see cref="UsageException"/> for what is wrong.</summary>
    public KeyTerms Read(KeyTerms before, TimeProvider time) => new(
        Expires is null ? before.ExpiresAt : Expires == None ? null : End(Expires, Instant.From(time.GetUtcNow())),
        Networks is null ? before.Networks : Networks == None ? null : Allowed(Networks),
        RateLimit is null ? before.RateLimit : RateLimit == None ? null : Limit(RateLimit));

    static Instant End(string text, Instant now) =>
        Instant.TryParse(text, out var end) && end > now
            ? end
            : throw new UsageException($"--expires is \"{text}\": use an instant in the future such as 2027-01-31T00:00:00Z, a date, or none");

    static AllowedNetworks Allowed(string text) =>
        KeyNetworks.TryParse(text, out var networks, out _) && AllowedNetworks.TryParse(networks, out var allowed)
            ? allowed
            : throw new UsageException(
                $"--networks is \"{text}\": use addresses and networks such as 10.0.0.0/8, separated by commas, or none");

    static int Limit(string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var limit)
            && limit >= FieldTypes.KeyRateLimit.Minimum
            && limit <= FieldTypes.KeyRateLimit.Maximum
            ? limit
            : throw new UsageException(
                $"--per-second is \"{text}\": use {FieldTypes.KeyRateLimit.Minimum} to {FieldTypes.KeyRateLimit.Maximum}, or none");
}
