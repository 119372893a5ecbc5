using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>A hold lives longer.</summary>
public sealed record HoldExtended(HoldChange Change) : HoldBody(Change)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.HoldExtended;
}
