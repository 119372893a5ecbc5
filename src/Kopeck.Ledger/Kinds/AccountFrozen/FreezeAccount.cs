using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Stops an account's debits, or all its movements.</summary>
/// <param name="Status"><see cref="AccountStatus.DebitsFrozen"/> or <see cref="AccountStatus.Frozen"/>.</param>
public sealed record FreezeAccount(long Account, AccountStatus Status) : AccountCommand(Account)
{
    /// <inheritdoc/>
    public override string Name => "freeze_account";

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        base.WriteFingerprint(writer, state);
        writer.Add("what", AccountFrozen.Word(Status));
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if ((Find(on.State, out var account) ?? AccountChecks.CheckOpen(account)) is { } rejection)
            return Decision.Reject(rejection);
        return account.Status == Status ? Unchanged : Decision.Of(new Draft(new AccountFrozen(Account, Status)));
    }
}
