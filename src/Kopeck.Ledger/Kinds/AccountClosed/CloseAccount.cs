using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;

namespace Kopeck.Ledger.Kinds;

/// <summary>Closes an account at zero for ever.</summary>
public sealed record CloseAccount(long Account) : AccountCommand(Account)
{
    /// <inheritdoc/>
    public override string Name => "close_account";

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if (Find(on.State, out var account) is { } rejection)
            return Decision.Reject(rejection);
        if (account.Status == AccountStatus.Closed)
            return Unchanged;
        if (account.Posted != 0 || account.Held != 0)
        {
            var posted = MoneyText.Format(account.Posted, account.Currency);
            return Decision.Reject(ErrorCode.AccountNotEmpty, $"Account {account.Id} has {posted} {account.Currency.Code}: empty it first");
        }

        return Decision.Of(new Draft(new AccountClosed(Account)));
    }
}
