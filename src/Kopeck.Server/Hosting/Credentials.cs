using Kopeck.Engine.Keys;
using Kopeck.Ledger.Errors;
using Kopeck.Server.Tokens;

namespace Kopeck.Server.Hosting;

/// <summary>What callers show: API keys, and tokens of identity providers where the settings name some.</summary>
sealed class Credentials(ApiKeys keys, BearerTokens? tokens)
{
    /// <summary>Whether a text may be one at all.</summary>
    public bool IsForm(string? text) => ApiKeys.IsForm(text) || (tokens is not null && BearerTokens.IsForm(text));

    /// <summary>Whether a text was valid a moment ago: told without asking anybody.</summary>
    public bool Knows(string text) => ApiKeys.IsForm(text) ? keys.Knows(text) : tokens?.Knows(text) == true;

    /// <summary>The key that a text is, or is as good as. Neither key nor refusal where it is not valid.</summary>
    /// <param name="book">The book that is asked for by name; null where none is.</param>
    public async ValueTask<(ApiKey? Key, Rejection? Refusal)> FindAsync(string text, string? book, CancellationToken cancellationToken)
    {
        if (tokens is not null && BearerTokens.IsForm(text))
            return await tokens.FindAsync(text, book, cancellationToken);
        var key = await keys.AuthenticateAsync(text, cancellationToken);
        return key is not null && book is not null && key.Book?.Value != book
            ? (null, new Rejection(ErrorCode.Forbidden, $"The key {key.Name} is not one of the book that the header Kopeck-Book names"))
            : (key, null);
    }
}
