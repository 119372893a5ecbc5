using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Reading;

/// <summary>Which operations to list; null is any.</summary>
/// <param name="Since">Inclusive.</param>
/// <param name="Until">Exclusive.</param>
/// <param name="Reverses">The reversals of this operation.</param>
/// <param name="Reversed">Operations that moved money, of which so much was reversed.</param>
public sealed record OperationFilter(
    long? Account = null, long? Customer = null, OperationKind? Kind = null, IdempotencyKey? Key = null, Instant? Since = null,
    Instant? Until = null,
    long? Reverses = null, ReversedState? Reversed = null);
