using System.Net;
using Kopeck.Api;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Errors;

namespace Kopeck.Server.Hosting;

/// <summary>The key that a call came with. A stream asks again while it lasts, so that a revocation ends it.</summary>
sealed record CallerKey(Credentials Credentials, string Token, string? Book, ApiKey Key, Identity Identity)
{
    const string Scheme = "Bearer ";
    const string BookHeader = "Kopeck-Book";

    /// <summary>The refusal of a call without a valid key.</summary>
    public static Rejection Missing { get; } = new(
        ErrorCode.Unauthorized, "Send an API key that is valid: authorization: Bearer kopeck_...");

    /// <summary>Lets a call pass whose headers have a valid key that does not ask too often; the refusal otherwise.</summary>
    public static async ValueTask<(CallerKey? Caller, Rejection? Refusal)> AdmitAsync(
        Credentials credentials, RateLimits? limits, IHeaderDictionary headers, IPAddress? address, CancellationToken cancellationToken)
    {
        var header = headers.Authorization;
        var book = headers.TryGetValue(BookHeader, out var named) ? named.ToString() : null;
        var token = header.Count == 1 && header[0] is { } text && text.StartsWith(
            Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..].Trim([' ', '\t']) : null;
        ApiKey? key;
        // Of an address that sent too many wrong ones, each key is still looked up, but few at a time: others may share the address.
        if (limits?.RefuseStranger(address) is { } guessing && !(token is not null && credentials.Knows(token)))
        {
            (key, _) = credentials.IsForm(token)
                ? await limits.LookForStrangerAsync(credentials, token!, book, cancellationToken)
                : default;
            if (key is null)
                return (null, guessing);
        }
        else
        {
            // Counted after the look-up: of guesses that were looked up side by side, those past the limit are not told what was found.
            (key, var refusal) = token is null ? default : await credentials.FindAsync(token, book, cancellationToken);
            if (key is null)
                return (null, limits?.CountStranger(address) ?? refusal ?? Missing);
        }

        if (key.Terms.Networks is { } networks && !networks.Has(address))
            return (null, new Rejection(ErrorCode.Forbidden, $"The key {key.Name} may not be used from this address"));
        return limits?.Count(key) is { } tooMany
            ? (null, tooMany)
            : (new CallerKey(credentials, token!, book, key, Identity.Of(key)), null);
    }

    /// <summary>Whether it is still valid.</summary>
    public async ValueTask<bool> IsValidAsync(CancellationToken cancellationToken) =>
        (await Credentials.FindAsync(Token, Book, cancellationToken)).Key is not null;
}
