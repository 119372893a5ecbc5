using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class FloorSetKind() : KindOf<FloorSet>(OperationKind.FloorSet, "floor_set")
{
    protected override void Encode(CanonicalJson json, FloorSet body) =>
        json.Number("account"u8, body.Account).Currency(body.Currency).OptionalNumber("floorMinor"u8, body.Floor);

    protected override FloorSet Read(Stored body) => new(body.Number("account"), body.Currency(), body.OptionalNumber("floorMinor"));

    protected override void Fold(BookState state, Operation operation, FloorSet body) =>
        state.Change(operation, body.Account, account => account with { Floor = body.Floor });

    protected override Touched Touches(Operation operation, FloorSet body) => Touched.Account(body.Account);

    protected override Flaw? Recheck(BookState before, Operation operation, FloorSet body) =>
        Flaw.OfBody(body.Recheck(before) ?? CheckFloor(before.FindAccount(body.Account)!, body));

    static string? CheckFloor(Account account, FloorSet body)
    {
        if (account.Currency != body.Currency)
            return $"account {account.Id} holds {account.Currency}";
        return body.Floor > account.Free ? "the floor is above the balance" : null;
    }
}
