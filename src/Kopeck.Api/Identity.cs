using Kopeck.Engine.Keys;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api;

/// <summary>Who asks, and what they may do.</summary>
/// <param name="Book">The book that is asked about; null for an operator, who reads none.</param>
/// <param name="Name">The name of the API key: the actor of what is done.</param>
/// <param name="Scopes">What may be done in the book.</param>
/// <param name="IsOperator">Whether books may be managed.</param>
public sealed record Identity(BookName? Book, KeyName Name, Scopes Scopes, bool IsOperator)
{
    /// <summary>Whoever has an API key.</summary>
    public static Identity Of(ApiKey key) => new(key.Book, key.Name, key.Scopes, key.Book is null);

    /// <summary>The caller of the engine.</summary>
    internal Caller Caller => field ??= new Caller(Book ?? throw new InvalidOperationException("An operator has no book"), Name, Scopes);
}
