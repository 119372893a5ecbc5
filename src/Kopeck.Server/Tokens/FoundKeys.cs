using Microsoft.IdentityModel.Tokens;

namespace Kopeck.Server.Tokens;

/// <summary>What is known of the key that a token says it is signed with.</summary>
/// <param name="Keys">Those it may be; none where there is no such key.</param>
/// <param name="IsKnown">Whether there being none is certain: not while the issuer cannot be asked.</param>
/// <param name="Version">Of the set that they are of.</param>
readonly record struct FoundKeys(IReadOnlyList<SecurityKey> Keys, bool IsKnown, int Version = 0);
