using System.Text.Json;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Reversals;

namespace Kopeck.Api.Answers;

/// <summary>What was reversed of an operation that moved money, and what can still be.</summary>
/// <param name="ReversedBy">Its reversals, oldest first, 1,000 legs of them at the most.</param>
/// <param name="State">Whether nothing, something or all of it was reversed.</param>
/// <param name="Reversible">What remains of its legs.</param>
public sealed record Reversibility(IReadOnlyList<ReversedBy> ReversedBy, ReversedState State, MovedAmounts Reversible)
{
    internal static Reversibility Of(ReversalsOf reversals)
    {
        var original = reversals.Original;
        return new Reversibility(
            [.. reversals.Reversals.GroupBy(row => row.Number).Select(rows => ToReversal(original, rows))],
            StateOf(original),
            new MovedAmounts([.. original.Legs.Select((_, leg) => ToPart(original, leg, original.Remaining(leg)))]));
    }

    static ReversedState StateOf(Original original) =>
        original.IsReversed ? ReversedState.Fully
        : original.Back.Any(back => back != default) ? ReversedState.Partly
        : ReversedState.None;

    static ReversedBy ToReversal(Original original, IGrouping<long, ReversalRow> rows) =>
        new(rows.Key, new MovedAmounts([.. rows.OrderBy(row => row.Leg).Select(row => ToPart(original, row.Leg, row.Part))]));

    static MovedPart ToPart(Original original, int leg, Sides sides) =>
        MovedPart.Of(leg, sides, original.Legs[leg].FromCurrency, original.Legs[leg].ToCurrency);

    internal void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteStartArray("reversedBy");
        foreach (var reversal in ReversedBy)
        {
            json.WriteStartObject();
            json.WriteId("id", reversal.Id);
            reversal.Taken.WriteMembers(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("reversed", ReversedStates.Words.Word(State));
        json.WriteStartObject("reversible");
        Reversible.WriteMembers(json);
        json.WriteEndObject();
    }
}
