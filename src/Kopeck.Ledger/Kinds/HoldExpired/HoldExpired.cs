using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>A hold's time came while something of it remained: that is free again.</summary>
public sealed record HoldExpired(HoldChange Change) : HoldBody(Change)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.HoldExpired;
}
