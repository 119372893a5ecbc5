using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;

namespace Kopeck.Ledger.Kinds;

sealed class HoldIncreasedKind() : HoldKind<HoldIncreased>(OperationKind.HoldIncreased, "hold_increased")
{
    protected override HoldIncreased Read(Stored body) => new(body.HoldChange());

    protected override string? CheckAfter(Hold before, Operation operation, HoldState after)
    {
        var by = after.Authorised - before.State.Authorised;
        return by > 0
            && (after.MaxAmount is null || after.MaxAmount >= after.Authorised)
            && after == before.State.Increase(by, after.MaxAmount)
            ? null
            : "how the hold stands does not follow from an increase";
    }
}
