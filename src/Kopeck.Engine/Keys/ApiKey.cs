using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Keys;

/// <summary>An API key as it is stored: its SHA-256 digest, never itself.</summary>
/// <param name="Book">The book it belongs to; null for the operator's.</param>
/// <param name="Scopes">None for the operator's.</param>
public sealed record ApiKey(BookName? Book, KeyName Name, Digest Digest, Scopes Scopes, Instant CreatedAt, Instant? RevokedAt);
