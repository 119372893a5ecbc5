using Kopeck.Engine.Keys;
using Kopeck.Ledger.Errors;
using Microsoft.Extensions.Primitives;

namespace Kopeck.Server.Calls;

/// <summary>The key that a call came with. A stream asks again while it lasts, so that a revocation ends it.</summary>
sealed record CallerKey(ApiKeys Keys, string Token, ApiKey Key)
{
    const string Scheme = "Bearer ";

    /// <summary>The refusal of a call without a valid key.</summary>
    public static Rejection Missing { get; } = new(ErrorCode.Unauthorized, "Send an API key that is valid: authorization: Bearer kopeck_...");

    /// <summary>Reads the header of that name; null when there is no valid key in it.</summary>
    public static async ValueTask<CallerKey?> FindAsync(ApiKeys keys, StringValues header, CancellationToken cancellationToken)
    {
        if (header.Count != 1 || header[0] is not { } text || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var token = text[Scheme.Length..].Trim();
        return await keys.AuthenticateAsync(token, cancellationToken) is { } key ? new CallerKey(keys, token, key) : null;
    }

    /// <summary>Whether it is still valid.</summary>
    public async ValueTask<bool> IsValidAsync(CancellationToken cancellationToken) => await Keys.AuthenticateAsync(Token, cancellationToken) is not null;
}
