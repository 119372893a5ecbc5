namespace Kopeck.Ledger.Holds;

/// <summary>The first open holds of a book that end.</summary>
/// <param name="Holds">In no order; more than these of some accounts.</param>
/// <param name="Until">The key (end, id) up to where they are all; null when there are no others.</param>
public sealed record DueHolds(IReadOnlyList<Hold> Holds, (Instant At, long Id)? Until);
