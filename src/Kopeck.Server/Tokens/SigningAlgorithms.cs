namespace Kopeck.Server.Tokens;

/// <summary>
/// Signatures by which tokens may be told from forged ones (RFC 7518, section 3.1): those of a public key alone. With a shared secret
/// (HS256) whoever can check a token could make one.
/// </summary>
public static class SigningAlgorithms
{
    /// <summary>Those that may be allowed.</summary>
    public static IReadOnlyList<string> Known { get; } =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Those of an issuer that names none.</summary>
    public static IReadOnlyList<string> Default { get; } = ["RS256", "PS256", "ES256"];

    /// <summary>The type of key (RFC 7518, section 6.1) that makes a signature.</summary>
    internal static string KeyTypeOf(string algorithm) => algorithm.StartsWith("ES", StringComparison.Ordinal) ? "EC" : "RSA";
}
