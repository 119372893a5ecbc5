using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;

namespace Kopeck.Ledger.Kinds;

sealed class WithdrawalKind() : MoneyKind<Withdrawn>(OperationKind.Withdrawal, "withdrawal")
{
    protected override Withdrawn Read(Stored body) => new(
        body.Number("from"), body.Number("to"), body.Number("amountMinor"), body.Currency(), body.Description(), body.Metadata());

    protected override bool Connects(Account from, Account to) => to.Kind == AccountKind.Cash && !from.IsSystem;
}
