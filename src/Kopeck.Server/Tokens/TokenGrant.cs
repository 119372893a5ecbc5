using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Tokens;

/// <summary>What whoever has a value in his token's claim may do.</summary>
/// <param name="Value">Of the claim, to the letter.</param>
public sealed record TokenGrant(string Value, BookName Book, Scopes Scopes);
