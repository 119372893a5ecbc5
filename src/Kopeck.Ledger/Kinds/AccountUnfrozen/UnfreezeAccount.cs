using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Rules;

namespace Kopeck.Ledger.Kinds;

/// <summary>Opens a frozen account again.</summary>
public sealed record UnfreezeAccount(long Account) : AccountCommand(Account)
{
    /// <inheritdoc/>
    public override string Name => "unfreeze_account";

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if ((Find(on.State, out var account) ?? AccountChecks.CheckOpen(account)) is { } rejection)
            return Decision.Reject(rejection);
        return account.Status == AccountStatus.Open ? Unchanged : Decision.Of(new Draft(new AccountUnfrozen(Account)));
    }
}
