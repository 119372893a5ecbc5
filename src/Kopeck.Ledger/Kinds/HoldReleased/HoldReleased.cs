using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>What a hold reserved is free again, or a part of it.</summary>
public sealed record HoldReleased(HoldChange Change) : HoldBody(Change)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.HoldReleased;
}
