using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>A kind whose operations change one hold that is there, and move nothing.</summary>
abstract class HoldKind<TBody>(OperationKind number, string name) : KindOf<TBody>(number, name)
    where TBody : HoldBody
{
    protected override void Encode(CanonicalJson json, TBody body) => json.Hold(body.Change);

    protected override void Fold(BookState state, Operation operation, TBody body) => state.Change(operation, body.Change);

    protected override Touched Touches(Operation operation, TBody body) => new() { Holds = [body.Change] };

    protected override Flaw? Recheck(BookState before, Operation operation, TBody body) =>
        Flaw.OfBody(
            HoldChecks.Recheck(before, operation, body.Change, HasNothingDue)
                ?? CheckAfter(before.FindHold(body.Change.Hold)!, operation, body.Change.After));

    /// <summary>Whether no hold of the account may be due: true for all but the expiry itself.</summary>
    protected virtual bool HasNothingDue => true;

    /// <summary>Why a hold could not come to stand as it does; null when it could.</summary>
    protected abstract string? CheckAfter(Hold before, Operation operation, HoldState after);
}
