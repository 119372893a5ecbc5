using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>An account was closed.</summary>
public sealed record AccountClosed(long Account) : AccountBody(Account)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.AccountClosed;
}
