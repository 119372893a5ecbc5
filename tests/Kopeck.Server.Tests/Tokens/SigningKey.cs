using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Kopeck.Server.Tests.Tokens;

/// <summary>A key of an issuer: makes signatures by the system's cryptography alone, and tells its public half (RFC 7517).</summary>
sealed class SigningKey : IDisposable
{
    readonly RSA? rsa;
    readonly ECDsa? ec;

    SigningKey(string id, RSA? rsa, ECDsa? ec) => (Id, this.rsa, this.ec) = (id, rsa, ec);

    public string Id { get; }

    public string Algorithm => rsa is null ? "ES256" : "RS256";

    /// <summary>The public key as a PEM file has it: what an attacker takes for a shared secret.</summary>
    public string Pem => rsa?.ExportSubjectPublicKeyInfoPem() ?? ec!.ExportSubjectPublicKeyInfoPem();

    public static SigningKey Rsa(string id, int bits = 2048) => new(id, RSA.Create(bits), null);

    public static SigningKey Ec(string id) => new(id, null, ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public JsonObject Told()
    {
        if (rsa is not null)
        {
            var numbers = rsa.ExportParameters(includePrivateParameters: false);
            return new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["kid"] = Id,
                ["n"] = Base64Url.EncodeToString(numbers.Modulus),
                ["e"] = Base64Url.EncodeToString(numbers.Exponent),
            };
        }

        var point = ec!.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = Id,
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    /// <summary>A token of this header and payload, signed as RS256 or ES256 whatever the header says.</summary>
    public string Sign(string header, string payload)
    {
        var text = Part(header) + "." + Part(payload);
        var bytes = Encoding.UTF8.GetBytes(text);
        var signature = rsa?.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            ?? ec!.SignData(bytes, HashAlgorithmName.SHA256);
        return text + "." + Base64Url.EncodeToString(signature);
    }

    public static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public void Dispose()
    {
        rsa?.Dispose();
        ec?.Dispose();
    }
}
