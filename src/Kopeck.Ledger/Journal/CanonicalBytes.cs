namespace Kopeck.Ledger.Journal;

/// <summary>The parts of an operation that are stored and hashed as bytes.</summary>
/// <param name="Body">See <c>Kinds.BodyCodec</c>.</param>
/// <param name="Entries">See <see cref="EntriesBlob"/>.</param>
public sealed record CanonicalBytes(byte[] Body, byte[] Entries);
