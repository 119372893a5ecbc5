using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class AccountUnfrozenKind() : KindOf<AccountUnfrozen>(OperationKind.AccountUnfrozen, "account_unfrozen")
{
    protected override void Encode(CanonicalJson json, AccountUnfrozen body) => json.Number("account"u8, body.Account);

    protected override AccountUnfrozen Read(Stored body) => new(body.Number("account"));

    protected override void Fold(BookState state, Operation operation, AccountUnfrozen body) =>
        state.Change(operation, body.Account, account => account with { Status = AccountStatus.Open });

    protected override Touched Touches(Operation operation, AccountUnfrozen body) => Touched.Account(body.Account);

    protected override Flaw? Recheck(BookState before, Operation operation, AccountUnfrozen body) => Flaw.OfBody(body.Recheck(before));
}
