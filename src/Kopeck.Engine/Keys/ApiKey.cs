using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Keys;

/// <summary>An API key as it is stored: its SHA-256 digest, never itself.</summary>
/// <param name="Book">The book it belongs to; null for the operator's.</param>
/// <param name="Scopes">None for the operator's.</param>
public sealed record ApiKey(BookName? Book, KeyName Name, Digest Digest, Scopes Scopes, Instant CreatedAt, Instant? RevokedAt)
{
    /// <summary>Until when, where from and how often it may be used.</summary>
    public KeyTerms Terms { get; init; } = KeyTerms.None;

    /// <summary>When it was last used, to the minute; null where it never was.</summary>
    public Instant? LastUsedAt { get; init; }

    /// <summary>The digest before the last rotation; null where there was none.</summary>
    public Digest? OldDigest { get; init; }

    /// <summary>Until when the secret before the last rotation is valid as well.</summary>
    public Instant? OldUntil { get; init; }

    /// <summary>Whether it can manage what it belongs to, for ever.</summary>
    public bool IsManaging => RevokedAt is null && Terms.ExpiresAt is null && Scopes == (Book is null ? Scopes.None : Scopes.Admin);

    /// <summary>Whether a secret is valid as this key at an instant.</summary>
    /// <param name="digest">The secret's digest.</param>
    public bool IsValid(Digest digest, Instant at) =>
        RevokedAt is null
        && (Terms.ExpiresAt is not { } end || at < end)
        && (digest == Digest || (digest == OldDigest && OldUntil is { } until && at < until));
}
