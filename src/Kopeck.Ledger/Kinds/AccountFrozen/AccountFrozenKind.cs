using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class AccountFrozenKind() : KindOf<AccountFrozen>(OperationKind.AccountFrozen, "account_frozen")
{
    protected override void Encode(CanonicalJson json, AccountFrozen body) =>
        json.Number("account"u8, body.Account).Text("what"u8, body.What);

    protected override AccountFrozen Read(Stored body) => new(body.Number("account"), AccountFrozen.ParseWord(body.Text("what")));

    protected override void Fold(BookState state, Operation operation, AccountFrozen body) =>
        state.Change(operation, body.Account, account => account with { Status = body.Status });

    protected override Touched Touches(Operation operation, AccountFrozen body) => Touched.Account(body.Account);

    protected override Flaw? Recheck(BookState before, Operation operation, AccountFrozen body) => Flaw.OfBody(body.Recheck(before));
}
