using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;

namespace Kopeck.Ledger.Kinds;

sealed class HoldReleasedKind() : HoldKind<HoldReleased>(OperationKind.HoldReleased, "hold_released")
{
    protected override HoldReleased Read(Stored body) => new(body.HoldChange());

    protected override string? CheckAfter(Hold before, Operation operation, HoldState after)
    {
        var amount = after.Released - before.State.Released;
        return amount > 0
            && amount <= before.State.Remaining
            && after == before.State.Release(amount) ? null : "how the hold stands does not follow from a release";
    }
}
