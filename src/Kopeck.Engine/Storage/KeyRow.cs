using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Storage;

/// <summary>A row of <c>idempotency_keys</c>.</summary>
public readonly record struct KeyRow(KeyDigest Digest, long Number);
