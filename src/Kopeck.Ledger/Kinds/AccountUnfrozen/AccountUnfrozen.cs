using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>A frozen account was opened again.</summary>
public sealed record AccountUnfrozen(long Account) : AccountBody(Account)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.AccountUnfrozen;
}
