using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class AccountClosedKind() : KindOf<AccountClosed>(OperationKind.AccountClosed, "account_closed")
{
    protected override void Encode(CanonicalJson json, AccountClosed body) => json.Number("account"u8, body.Account);

    protected override AccountClosed Read(Stored body) => new(body.Number("account"));

    protected override void Fold(BookState state, Operation operation, AccountClosed body) =>
        state.Change(operation, body.Account, account => account with { Status = AccountStatus.Closed });

    protected override Touched Touches(Operation operation, AccountClosed body) => Touched.Account(body.Account);

    protected override Flaw? Recheck(BookState before, Operation operation, AccountClosed body) => Flaw.OfBody(body.Recheck(before));
}
