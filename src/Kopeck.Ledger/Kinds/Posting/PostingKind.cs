using System.Collections.Immutable;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class PostingKind() : KindOf<Posted>(OperationKind.Posting, "posting")
{
    public override bool MovesMoney => true;

    protected override void Encode(CanonicalJson json, Posted body)
    {
        json.StartArray("legs"u8);
        foreach (var leg in body.Legs)
        {
            json.StartObject().Number("from"u8, leg.From).Number("to"u8, leg.To).Number("amountMinor"u8, leg.AmountMinor);
            json.Currency(leg.Currency).EndObject();
        }

        json.EndArray().Remarks(body.Description, body.Metadata);
    }

    protected override Posted Read(Stored body) => new([.. body.Objects("legs").Select(ReadLeg)], body.Description(), body.Metadata());

    protected override void Fold(BookState state, Operation operation, Posted body) => state.Move(operation);

    protected override ImmutableArray<MovedLeg> LegsOf(Operation operation, Posted body) =>
        [
            .. body.Legs.Select(
                leg => new MovedLeg(leg.From, leg.To, leg.Currency, leg.Currency, new Sides(leg.AmountMinor, leg.AmountMinor)))];

    protected override Flaw? Recheck(BookState before, Operation operation, Posted body) =>
        Flaw.OfEntries(CheckLegs(before, operation.Entries, body.Legs));

    static PostedLeg ReadLeg(Stored leg) => new(leg.Number("from"), leg.Number("to"), leg.Number("amountMinor"), leg.Currency());

    static string? CheckLegs(BookState before, ImmutableArray<Entry> entries, ImmutableArray<PostedLeg> legs)
    {
        if (entries.Length != 2 * legs.Length)
            return "a posting has two entries a leg";
        for (var index = 0; index < legs.Length; index++)
        {
            var leg = legs[index];
            var (debit, credit) = (entries[2 * index], entries[2 * index + 1]);
            if (debit.Account != leg.From || credit.Account != leg.To || debit.Currency != leg.Currency || credit.Currency != leg.Currency
                || debit.Amount != -leg.AmountMinor || credit.Amount != leg.AmountMinor || leg.AmountMinor <= 0)
                return $"the entries of leg {index} are not those of the body";
            if (before.FindAccount(leg.From) is not { IsSystem: false } from || before.FindAccount(leg.To) is not { IsSystem: false } to)
                return $"leg {index} names an account that a posting cannot";
            if (Movements.CheckMovable(from, to) is { } problem)
                return problem;
        }

        return null;
    }
}
