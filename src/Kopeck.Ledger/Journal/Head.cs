namespace Kopeck.Ledger.Journal;

/// <summary>Where a book's journal ends.</summary>
/// <param name="Number">The number of the last operation; 0 before the first.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">Its instant.</param>
public readonly record struct Head(long Number, Digest Hash, Instant At);
