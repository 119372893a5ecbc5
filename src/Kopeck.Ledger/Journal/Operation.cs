using System.Collections.Immutable;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Journal;

/// <summary>One immutable numbered record of a book's journal.</summary>
public sealed record Operation
{
    /// <summary>The book.</summary>
    public required BookName Book { get; init; }

    /// <summary>Its place in the journal, from 1; the id of what it created.</summary>
    public required long Number { get; init; }

    /// <summary>The number of the last operation of its group.</summary>
    public required long Group { get; init; }

    /// <summary>When it happened.</summary>
    public required Instant At { get; init; }

    /// <summary>The name of the key that asked for it.</summary>
    public required KeyName Actor { get; init; }

    /// <summary>The idempotency key of the request; the same on all operations of a group.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>The digest of the idempotency key.</summary>
    public KeyDigest? KeyDigest
    {
        get => field ?? (Key is { } key ? Journal.KeyDigest.Of(key) : null);
        init;
    }

    /// <summary>Which batch it is an item of, for a batch that has a key of its own; the same on all operations of a group.</summary>
    public BatchMark? Batch { get; init; }

    /// <summary>The digest of the request.</summary>
    public required Digest Fingerprint { get; init; }

    /// <summary>What was decided.</summary>
    public required OperationBody Body { get; init; }

    /// <summary>What moved; empty for kinds without money.</summary>
    public ImmutableArray<Entry> Entries { get; init; } = [];

    /// <summary>The personal values that it set; null for other kinds, and after the customer was erased.</summary>
    public PersonalValues? Personal { get; init; }

    /// <summary>The hash over the previous hash and this operation. All zero in a dry run.</summary>
    public Digest Hash { get; init; }

    /// <summary>The canonical forms of body and entries, where they are at hand: what is hashed and stored.</summary>
    public CanonicalBytes? Canonical { get; init; }

    /// <summary>What it did.</summary>
    public OperationKind Kind => Body.Kind;

    /// <summary>Where the journal stands after it.</summary>
    public Head Head => new(Number, Hash, At);
}
