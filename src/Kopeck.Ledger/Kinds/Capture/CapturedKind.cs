using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class CapturedKind() : KindOf<Captured>(OperationKind.Capture, "capture")
{
    public override bool MovesMoney => true;

    protected override void Encode(CanonicalJson json, Captured body)
    {
        json.Hold(body.Change).StartArray("legs"u8);
        foreach (var leg in body.Legs)
        {
            json.StartObject().Number("to"u8, leg.To).Number("takenMinor"u8, leg.TakenMinor).Number("givenMinor"u8, leg.GivenMinor);
            json.Currency(leg.Currency).Exchange(leg.Exchange).EndObject();
        }

        json.EndArray().Remarks(body.Description, body.Metadata);
    }

    protected override Captured Read(Stored body) =>
        new(body.HoldChange(), [.. body.Objects("legs").Select(ReadLeg)], body.Description(), body.Metadata());

    protected override void Fold(BookState state, Operation operation, Captured body)
    {
        // What was held is freed first, so that what is posted never lacks it.
        state.Change(operation, body.Change, body.TakenMinor);
        state.Move(operation);
    }

    protected override Touched Touches(Operation operation, Captured body) =>
        new() { Holds = [body.Change], Captures = [(body.Change.Hold, new HoldCapture(operation.Number, body.TakenMinor))] };

    protected override ImmutableArray<MovedLeg> LegsOf(Operation operation, Captured body) =>
        [
            .. body.Legs.Select(
                leg =>
                    new MovedLeg(
                        body.Change.Account, leg.To, body.Change.Currency, leg.Currency, new Sides(leg.TakenMinor, leg.GivenMinor)))];

    protected override Flaw? Recheck(BookState before, Operation operation, Captured body) =>
        Flaw.OfBody(
            HoldChecks.Recheck(before, operation, body.Change, hasNothingDue: true)
                ?? CheckAfter(before.FindHold(body.Change.Hold)!, before, body))
        ?? Flaw.OfEntries(CheckLegs(before, operation, body));

    static CapturedLeg ReadLeg(Stored leg) =>
        new(leg.Number("to"), leg.Number("takenMinor"), leg.Number("givenMinor"), leg.Currency(), leg.Exchange());

    static string? CheckAfter(Hold hold, BookState before, Captured body)
    {
        var (taken, after) = (body.TakenMinor, body.Change.After);
        if (body.Legs.IsEmpty || body.Legs.Any(leg => leg.TakenMinor <= 0 || leg.GivenMinor <= 0))
            return "a capture takes something";
        if (after != hold.State.Capture(taken, isFinal: false) && after != hold.State.Capture(taken, isFinal: true))
            return "how the hold stands does not follow from what was taken";
        if (taken - hold.State.Remaining > hold.State.MostOver)
            return $"it took more of hold {hold.Id} than it could";
        if (hold.Captures.Length >= Hold.MaxCaptures)
            return $"hold {hold.Id} was captured too often";
        return taken > hold.State.Remaining && before.FindAccount(hold.Account)!.Available < taken - hold.State.Remaining
            ? "the account had less available than was taken above the hold"
            : null;
    }

    static string? CheckLegs(BookState before, Operation operation, Captured body)
    {
        var (hold, account) = (before.FindHold(body.Change.Hold)!, before.FindAccount(body.Change.Account)!);
        var entries = operation.Entries.AsSpan();
        for (var index = 0; index < body.Legs.Length; index++)
        {
            var leg = body.Legs[index];
            if (before.FindAccount(leg.To) is not { } receiver
                || receiver.Kind == AccountKind.Exchange
                || receiver.Currency != leg.Currency)
                return $"leg {index} pays no account that a capture can pay";
            if (hold.IsReceiverFixed && (hold.ToCash ? receiver.Kind != AccountKind.Cash : receiver.Id != hold.To))
                return $"leg {index} does not pay the receiver of hold {hold.Id}";
            if (Movements.CheckMovable(account, receiver) is { } problem)
                return problem;
            var isConverted = receiver.Currency != account.Currency;
            if (isConverted ? CheckConverted(before, operation, account, leg) is { } wrong : leg.TakenMinor != leg.GivenMinor
                || leg.Exchange is not null)
                return $"the amounts of leg {index} do not follow";
            if (!MovementChecks.TryTake(ref entries, before, account, receiver, leg.TakenMinor, leg.GivenMinor))
                return $"the entries of leg {index} are not those of the body";
        }

        return entries.IsEmpty ? null : "there are entries of no leg";
    }

    static string? CheckConverted(BookState before, Operation operation, Account account, CapturedLeg leg)
    {
        var converting = Converting.Again(before, operation, leg.Exchange, account.Currency, leg.Currency);
        return converting.Problem is null && converting.Exchange == leg.Exchange
            && (
                converting.Derive(leg.TakenMinor, namedIsFrom: true) == leg.GivenMinor
                    || converting.Derive(leg.GivenMinor, namedIsFrom: false) == leg.TakenMinor)
            ? null
            : "the amounts do not follow from the quotes";
    }
}
