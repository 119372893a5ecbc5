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
    /// <summary>A key as it is stored.</summary>
    public static KeyAnswer Of(ApiKey key, string? secret = null) => new(key.Name.Value, key.Scopes, key.CreatedAt, key.RevokedAt, secret);

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
        if (Secret is { } secret)
            json.WriteString("key", secret);
        json.WriteEndObject();
    }
}
