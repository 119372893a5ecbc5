using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class ReversedKind() : KindOf<Reversed>(OperationKind.Reversal, "reversal")
{
    const string Fully = "fully";
    const string Partial = "partial";
    const string Partly = "partly";

    public override bool MovesMoney => true;

    protected override void Encode(CanonicalJson json, Reversed body)
    {
        json.Number("original"u8, body.Original).StartArray("legs"u8);
        foreach (var leg in body.Legs)
        {
            json.StartObject().Number("leg"u8, leg.Leg).Number("from"u8, leg.From).Number("to"u8, leg.To);
            json.Text("fromCurrency"u8, leg.FromCurrency.Code).Number("fromMinorUnits"u8, leg.FromCurrency.MinorUnits);
            json.Text("toCurrency"u8, leg.ToCurrency.Code).Number("toMinorUnits"u8, leg.ToCurrency.MinorUnits);
            json.Number("takenMinor"u8, leg.Taken).Number("givenMinor"u8, leg.Given);
            WriteSides(json.StartObject("part"u8), leg.Part);
            WriteSides(json.StartObject("back"u8), leg.Back);
            WriteSides(json.StartObject("whole"u8), leg.Whole);
            json.Exchange(leg.Exchange).EndObject();
        }

        json.EndArray().Text("reversed"u8, body.IsWhole ? Fully : Partly).Text("difference"u8, body.Difference.Name())
            .OptionalText("onInsufficient"u8, body.IsPartial ? Partial : null);
        json.OptionalText("reason"u8, body.Reason?.Value).Remarks(body.Description, body.Metadata);
    }

    protected override Reversed Read(Stored body)
    {
        if (!Differences.TryParse(body.Text("difference"), out var difference))
            throw new FormatException($"nobody is called {body.Text("difference")}");
        return new Reversed(
            body.Number("original"), [.. body.Objects("legs").Select(ReadLeg)], body.Text("reversed") == Fully, difference,
            body.OptionalText("onInsufficient") == Partial,
            body.OptionalText("reason") is { } reason ? Description.Restore(reason) : null, body.Description(), body.Metadata());
    }

    protected override void Fold(BookState state, Operation operation, Reversed body)
    {
        state.Move(operation);
        state.TakeBack(operation, body.Original, body.Legs);
    }

    protected override Touched Touches(Operation operation, Reversed body) => new()
    {
        Reversals = [.. body.Legs.Select(leg => new ReversalRow(body.Original, operation.Number, leg.Leg, leg.Part, leg.Back))],
        Reversed = (body.Original, body.IsWhole),
    };

    protected override ImmutableArray<MovedLeg> LegsOf(Operation operation, Reversed body) =>
        [.. body.Legs.Select(leg => new MovedLeg(leg.From, leg.To, leg.FromCurrency, leg.ToCurrency, new Sides(leg.Taken, leg.Given)))];

    protected override Flaw? Recheck(BookState before, Operation operation, Reversed body) =>
        Flaw.OfBody(CheckLegs(before, operation, body)) ?? Flaw.OfEntries(CheckEntries(before, operation, body));

    static void WriteSides(CanonicalJson json, Sides sides) =>
        json.Number("paidMinor"u8, sides.Paid).Number("receivedMinor"u8, sides.Received).EndObject();

    static Sides ReadSides(Stored sides) => new(sides.Number("paidMinor"), sides.Number("receivedMinor"));

    static ReversedLeg ReadLeg(Stored leg) => new(
        leg.Count("leg"), leg.Number("from"), leg.Number("to"),
        new Currency(leg.Text("fromCurrency"), leg.Count("fromMinorUnits")),
        new Currency(leg.Text("toCurrency"), leg.Count("toMinorUnits")),
        ReadSides(leg.Object("part")), ReadSides(leg.Object("back")), ReadSides(leg.Object("whole")), leg.Number("takenMinor"),
        leg.Number("givenMinor"), leg.Exchange());

    static string? CheckLegs(BookState before, Operation operation, Reversed body)
    {
        if (before.FindOriginal(body.Original) is not { Legs.IsEmpty: false } original)
            return $"operation {body.Original} cannot be reversed";
        if (body.Legs.IsEmpty
            || !body.Legs.Zip(body.Legs.Skip(1), (one, next) => one.Leg < next.Leg).All(isInOrder => isInOrder)
            || body.Legs[^1].Leg >= original.Legs.Length)
            return "the legs are not those of the original";
        var isWhole = Enumerable.Range(0, original.Legs.Length).Select(leg => original.Remaining(leg) == default).ToArray();
        foreach (var leg in body.Legs)
        {
            var whole = original.Legs[leg.Leg];
            var (back, remaining) = (original.Back[leg.Leg], original.Remaining(leg.Leg));
            if (leg.From != whole.To
                || leg.To != whole.From
                || leg.FromCurrency != whole.ToCurrency
                || leg.ToCurrency != whole.FromCurrency
                || leg.Whole != whole.Amounts)
                return $"leg {leg.Leg} is not that of the original";
            if (leg.Part.Paid < 0
                || leg.Part.Received < 0
                || leg.Part == default
                || leg.Part.Paid > remaining.Paid
                || leg.Part.Received > remaining.Received
                || leg.Back != back + leg.Part)
                return $"leg {leg.Leg} takes more than remains of the original";
            if (leg.Part != remaining && (leg.Part.Paid == 0 || whole.PartOfPaid(back, leg.Part.Paid) != leg.Part)
                && (leg.Part.Received == 0 || whole.PartOfReceived(back, leg.Part.Received) != leg.Part))
                return $"the sides of leg {leg.Leg} do not follow from the original's rate";
            isWhole[leg.Leg] = leg.Remaining == default;
            if (CheckMoved(before, operation, body.Difference, whole, leg) is { } problem)
                return problem;
        }

        return body.IsWhole == isWhole.All(isLegWhole => isLegWhole) ? null : "it says wrongly whether something of the original remains";
    }

    static string? CheckMoved(BookState before, Operation operation, Difference difference, MovedLeg whole, ReversedLeg leg)
    {
        if (whole.IsPlain || difference == Difference.House)
        {
            return leg.Taken == leg.Part.Received && leg.Given == leg.Part.Paid && leg.Exchange is null
                ? null
                : $"what leg {leg.Leg} moves is not what it takes back";
        }

        var converting = Converting.Again(before, operation, leg.Exchange, leg.FromCurrency, leg.ToCurrency);
        var follows = converting.Problem is null && leg.Exchange == converting.Exchange && (difference == Difference.Sender
            ? leg.Taken == leg.Part.Received && converting.Derive(leg.Taken, namedIsFrom: true) == leg.Given
            : leg.Given == leg.Part.Paid && converting.Derive(leg.Given, namedIsFrom: false) == leg.Taken);
        return follows ? null : $"the amounts of leg {leg.Leg} do not follow from the quotes";
    }

    static string? CheckEntries(BookState before, Operation operation, Reversed body)
    {
        var entries = operation.Entries.AsSpan();
        foreach (var leg in body.Legs.Reverse())
        {
            if (before.FindAccount(leg.From) is not { } from || before.FindAccount(leg.To) is not { } to)
                return "an account was not opened";
            if (from.Kind == AccountKind.Exchange || to.Kind == AccountKind.Exchange)
                return "it moves money of the exchange";
            if (Movements.CheckMovable(from, to) is { } problem)
                return problem;
            if (!MovementChecks.TryTake(ref entries, before, from, to, leg.Taken, leg.Given))
                return $"the entries of leg {leg.Leg} are not those of the body";
        }

        return entries.IsEmpty ? null : "there are entries of no leg";
    }
}
