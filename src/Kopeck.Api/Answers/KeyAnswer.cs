using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Engine.Keys;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Answers;

/// <summary>An API key; with its secret when it was just made.</summary>
/// <param name="Name">The actor of what it does.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Secret">Shown this once; null otherwise, and in a dry run.</param>
[JsonConverter(typeof(AnswerConverter))]
public sealed record KeyAnswer(string Name, Scopes Scopes, Instant CreatedAt, Instant? RevokedAt, string? Secret = null) : Answer
{
    /// <summary>From when on it is not valid; null for never.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>When it was last used, to the minute; null where it never was.</summary>
    public Instant? LastUsedAt { get; init; }

    /// <summary>Where it may be used from; null for anywhere.</summary>
    public string? AllowedNetworks { get; init; }

    /// <summary>How often it may ask a second; null for as often as the server lets keys.</summary>
    public long? RateLimit { get; init; }

    /// <summary>Until when the secret before the last rotation is valid as well; null where there was none.</summary>
    public Instant? OldSecretUntil { get; init; }

    /// <summary>A key as it is stored.</summary>
    public static KeyAnswer Of(ApiKey key, string? secret = null) => new(key.Name.Value, key.Scopes, key.CreatedAt, key.RevokedAt, secret)
    {
        ExpiresAt = key.Terms.ExpiresAt,
        LastUsedAt = key.LastUsedAt,
        AllowedNetworks = key.Terms.Networks?.ToString(),
        RateLimit = key.Terms.RateLimit,
        OldSecretUntil = key.OldUntil,
    };

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteStartArray("scopes");
        foreach (var scope in ScopeNames.List(Scopes))
            json.WriteStringValue(scope);
        json.WriteEndArray();
        json.WriteInstant("createdAt", CreatedAt);
        json.WriteInstant("revokedAt", RevokedAt);
        json.WriteInstant("expiresAt", ExpiresAt);
        json.WriteInstant("lastUsedAt", LastUsedAt);
        json.WriteString("allowedNetworks", AllowedNetworks);
        if (RateLimit is { } limit)
            json.WriteNumber("rateLimit", limit);
        else
            json.WriteNull("rateLimit");
        json.WriteInstant("oldSecretUntil", OldSecretUntil);
        if (Secret is { } secret)
            json.WriteString("key", secret);
        json.WriteEndObject();
    }
}
