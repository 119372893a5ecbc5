using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>A customer's personal values were erased.</summary>
public sealed record CustomerErased(long Customer) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.CustomerErased;
}
