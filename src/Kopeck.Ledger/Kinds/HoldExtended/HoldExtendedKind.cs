using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;

namespace Kopeck.Ledger.Kinds;

sealed class HoldExtendedKind() : HoldKind<HoldExtended>(OperationKind.HoldExtended, "hold_extended")
{
    protected override HoldExtended Read(Stored body) => new(body.HoldChange());

    protected override string? CheckAfter(Hold before, Operation operation, HoldState after) =>
        before.State.ExpiresAt is { } end
            && (after.ExpiresAt is null || after.ExpiresAt > end)
            && after == before.State.Extend(after.ExpiresAt)
            ? null
            : "how the hold stands does not follow from an extension";
}
