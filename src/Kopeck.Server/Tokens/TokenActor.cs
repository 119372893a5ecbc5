using System.Security.Cryptography;
using System.Text;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Server.Tokens;

/// <summary>
/// The actor of what is done with a token: a digest of issuer and subject under the book's secret. It stays the same for ever, tells nobody
/// who it is who has neither the book's secret nor the subject, and is another one in another book.
/// </summary>
public static class TokenActor
{
    const string Purpose = "kopeck oidc actor 1";
    const int Length = 20;

    /// <summary>The actor that a subject of an issuer is in a book.</summary>
    public static KeyName Of(BookSecret secret, string issuer, string subject)
    {
        // A part's length goes before it, so that no two pairs are alike.
        var text = Encoding.UTF8.GetBytes($"{Purpose}\n{issuer.Length}:{issuer}{subject}");
        var digest = HMACSHA256.HashData(secret.ToBytes(), text).AsSpan(0, Length);
        return KeyName.Parse(ApiKeys.ReservedNames + Convert.ToHexStringLower(digest));
    }
}
