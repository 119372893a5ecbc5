using System.Net;
using Kopeck.Api;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Errors;
using Microsoft.Extensions.Primitives;

namespace Kopeck.Server.Hosting;

/// <summary>The key that a call came with. A stream asks again while it lasts, so that a revocation ends it.</summary>
sealed record CallerKey(ApiKeys Keys, string Token, ApiKey Key, Identity Identity)
{
    const string Scheme = "Bearer ";

    /// <summary>The refusal of a call without a valid key.</summary>
    public static Rejection Missing { get; } = new(
        ErrorCode.Unauthorized, "Send an API key that is valid: authorization: Bearer kopeck_...");

    /// <summary>Lets a call pass whose header has a valid key that does not ask too often; the refusal otherwise.</summary>
    public static async ValueTask<(CallerKey? Caller, Rejection? Refusal)> AdmitAsync(
        ApiKeys keys, RateLimits? limits, StringValues header, IPAddress? address, CancellationToken cancellationToken)
    {
        var token = header.Count == 1 && header[0] is { } text && text.StartsWith(
            Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..].Trim() : null;
        ApiKey? key;
        // Of an address that sent too many wrong ones, each key is still looked up, but few at a time: others may share the address.
        if (limits?.RefuseStranger(address) is { } guessing && !(token is not null && keys.Knows(token)))
        {
            key = ApiKeys.IsForm(token) ? await limits.LookForStrangerAsync(keys, token!, cancellationToken) : null;
            if (key is null)
                return (null, guessing);
        }
        else
        {
            // Counted after the look-up: of guesses that were looked up side by side, those past the limit are not told what was found.
            key = token is null ? null : await keys.AuthenticateAsync(token, cancellationToken);
            if (key is null)
                return (null, limits?.CountStranger(address) ?? Missing);
        }

        if (key.Terms.Networks is { } networks && !networks.Has(address))
            return (null, new Rejection(ErrorCode.Forbidden, $"The key {key.Name} may not be used from this address"));
        return limits?.Count(key) is { } tooMany ? (null, tooMany) : (new CallerKey(keys, token!, key, Identity.Of(key)), null);
    }

    /// <summary>Whether it is still valid.</summary>
    public async ValueTask<bool> IsValidAsync(CancellationToken cancellationToken) =>
        await Keys.AuthenticateAsync(Token, cancellationToken) is not null;
}
