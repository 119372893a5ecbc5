using Kopeck.Engine.Keys;
using Kopeck.Ledger.Errors;

namespace Kopeck.Server.Tokens;

/// <summary>A token that was found valid, and what it is as an API key.</summary>
/// <param name="Keys">One for each book that it is good for; none where it allows nothing here.</param>
/// <param name="ExpiresAt">From when on it is not, with what clocks may be apart.</param>
/// <param name="At">When it was verified, by the clock's timestamp.</param>
/// <param name="Issuer">Whose it is.</param>
/// <param name="Version">Of the issuer's keys.</param>
sealed record KnownToken(IReadOnlyList<ApiKey> Keys, DateTimeOffset ExpiresAt, long At, IssuerKeys Issuer, int Version)
{
    static readonly Rejection Nothing = new(ErrorCode.Forbidden, "The token allows nothing here");

    /// <summary>The key that it is for a book, or for the only one.</summary>
    public (ApiKey? Key, Rejection? Refusal) For(string? book)
    {
        if (Keys.Count == 0)
            return (null, Nothing);
        if (book is not null)
            return Keys.FirstOrDefault(key => key.Book?.Value == book) is { } asked ? (asked, null) : (null, Nothing);
        return Keys is [var only]
            ? (only, null)
            : (null, new Rejection(ErrorCode.Forbidden, "The token is good for several books: name one in the header Kopeck-Book"));
    }
}
