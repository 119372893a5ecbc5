using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Requests;

/// <summary>Who asks, and what they may do.</summary>
/// <param name="Actor">The name of the API key.</param>
public sealed record Caller(BookName Book, KeyName Actor, Scopes Scopes);
