using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;

namespace Kopeck.Ledger.Kinds;

sealed class DepositKind() : MoneyKind<Deposited>(OperationKind.Deposit, "deposit")
{
    protected override Deposited Read(Stored body) => new(
        body.Number("from"), body.Number("to"), body.Number("amountMinor"), body.Currency(), body.Description(), body.Metadata());

    protected override bool Connects(Account from, Account to) => from.Kind == AccountKind.Cash && !to.IsSystem;
}
