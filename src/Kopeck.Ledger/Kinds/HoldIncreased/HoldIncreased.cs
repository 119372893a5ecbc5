using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>More was reserved by a hold.</summary>
public sealed record HoldIncreased(HoldChange Change) : HoldBody(Change)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.HoldIncreased;
}
