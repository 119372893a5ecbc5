using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;

namespace Kopeck.Ledger.Kinds;

sealed class HoldExpiredKind() : HoldKind<HoldExpired>(OperationKind.HoldExpired, "hold_expired")
{
    protected override bool HasNothingDue => false;

    protected override HoldExpired Read(Stored body) => new(body.HoldChange());

    protected override string? CheckAfter(Hold before, Operation operation, HoldState after)
    {
        if (before.State.ExpiresAt is not { } end || end > operation.At)
            return $"hold {before.Id} was not due";
        return after == before.State.Expire() ? null : "how the hold stands does not follow from its expiry";
    }
}
