using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Keys;

/// <summary>Where API keys are kept.</summary>
public interface IKeyStore
{
    /// <summary>The key, valid or not, whose digest this is or was before its last rotation.</summary>
    ValueTask<ApiKey?> FindKeyAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>The keys of a book, or the operator's for null, revoked ones too, by name.</summary>
    ValueTask<IReadOnlyList<ApiKey>> ListKeysAsync(BookName? book, CancellationToken cancellationToken);

    /// <summary>Adds a key; false when the name is taken, also by a revoked key.</summary>
    /// <param name="beforeStoring">Runs when the name is free, before the key is stored, while no other process can take the name: a place
    /// to keep the secret, so that no key is stored that nobody has. It may run again when storing is tried again.</param>
    ValueTask<bool> AddKeyAsync(ApiKey key, CancellationToken cancellationToken, Action? beforeStoring = null);

    /// <summary>
    /// Revokes a key, unless it is the last valid one that can manage what it belongs to (<see cref="ApiKey.IsManaging"/>: scopes exactly
    /// <see cref="Scopes.Admin"/> in a book, any key of the operator's, without an end). That it is not the last must be decided in the
    /// same transaction, in such a way that of two revocations at once, also by two nodes, the second sees what the first left: two
    /// administrators who revoke each other must not lock a book out.
    /// </summary>
    /// <returns>The key as it is from then on; still valid (<see cref="ApiKey.RevokedAt"/> is null) when it is the last; null when there is
    /// none. Revoking again changes nothing.</returns>
    ValueTask<ApiKey?> RevokeKeyAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken);

    /// <summary>
    /// Changes a key's digests and terms, in one transaction in which no other process changes a key of the same owner.
    /// </summary>
    /// <param name="change">Given the key and all keys of its owner; the key as it is to be, or null to leave it as it is. It may run again
    /// when storing is tried again.</param>
    /// <returns>The key as it is from then on; null when there is none.</returns>
    ValueTask<ApiKey?> ChangeKeyAsync(
        BookName? book, KeyName name, Func<ApiKey, IReadOnlyList<ApiKey>, ApiKey?> change, CancellationToken cancellationToken);

    /// <summary>Notes when a key was last used. Nobody relies on it.</summary>
    ValueTask NoteUseAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken);
}
