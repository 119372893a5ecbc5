using Microsoft.IdentityModel.Tokens;

namespace Kopeck.Server.Tokens;

/// <summary>An issuer's public keys as they were read once.</summary>
/// <param name="keys">As the issuer tells them.</param>
/// <param name="at">When, by the clock's timestamp.</param>
/// <param name="version">Another one for other keys.</param>
sealed class KeySet(IEnumerable<JsonWebKey> keys, long at, int version)
{
    const int FewestRsaBits = 2048;

    readonly List<(JsonWebKey Told, SecurityKey Key)> usable = [.. Usable(keys)];

    public long At => at;

    public int Version => version;

    public int Count => usable.Count;

    /// <summary>The keys that may have made a signature: of its name and kind. One that names none is the only key's, if any.</summary>
    public IReadOnlyList<SecurityKey> Find(string? id, string algorithm)
    {
        var fitting = usable.Where(key =>
            key.Told.Kty == SigningAlgorithms.KeyTypeOf(algorithm) && (key.Told.Alg is not { Length: > 0 } told || told == algorithm));
        List<SecurityKey> found = [.. fitting.Where(key => string.IsNullOrEmpty(id) || key.Told.Kid == id).Select(key => key.Key)];
        return string.IsNullOrEmpty(id) && found.Count > 1 ? [] : found;
    }

    /// <summary>Whether another set has the same keys.</summary>
    public bool IsSame(KeySet other) => Names(this).SequenceEqual(Names(other), StringComparer.Ordinal);

    static IEnumerable<string> Names(KeySet set) =>
        set.usable.Select(key => $"{key.Told.Kid} {key.Told.Alg} {Convert.ToHexString(key.Told.ComputeJwkThumbprint())}")
            .Order(StringComparer.Ordinal);

    // Public keys that make signatures and are long enough: shared secrets (oct) and keys for encryption are none.
    static IEnumerable<(JsonWebKey, SecurityKey)> Usable(IEnumerable<JsonWebKey> keys)
    {
        foreach (var told in keys)
        {
            if (told.Kty is not ("RSA" or "EC") || told.Use is { Length: > 0 } and not "sig")
                continue;
            if (JsonWebKeyConverter.TryConvertToSecurityKey(told, out var key) && (told.Kty == "EC" || key.KeySize >= FewestRsaBits))
            {
                key.KeyId = told.Kid;
                yield return (told, key);
            }
        }
    }
}
