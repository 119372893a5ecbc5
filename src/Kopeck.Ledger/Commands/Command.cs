namespace Kopeck.Ledger.Commands;

/// <summary>What a caller asks of a book. Parsed and valid in itself; whether it can be done is for the rules to decide.</summary>
public abstract record Command
{
    /// <summary>The name of the call, part of its fingerprint: the same key with another call is a reused key.</summary>
    public abstract string Name { get; }

    /// <summary>The scope that a key needs for it.</summary>
    public abstract Scopes Scope { get; }

    /// <summary>Whether a request is refused without an idempotency key.</summary>
    public virtual bool NeedsKey => false;

    /// <summary>Whether the fingerprint covers personal fields, and so is salted with the personal values' salt.</summary>
    public virtual bool IsPersonal => false;

    /// <summary>What the rules must know of the book to decide it.</summary>
    public abstract void CollectNeeds(Needs needs);

    /// <summary>Writes what tells this request from another one of the same name.</summary>
    public abstract void WriteFingerprint(FingerprintWriter writer);
}
