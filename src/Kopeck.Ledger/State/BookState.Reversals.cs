using System.Collections.Immutable;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Reversals;

namespace Kopeck.Ledger.State;

/// <content>What reversals have taken of the operations that somebody asked for.</content>
public sealed partial class BookState
{
    readonly Dictionary<long, Original?> originals = [];

    /// <summary>An operation that is to be reversed, with how much of it was; null when there is none.</summary>
    public Original? FindOriginal(long number) => originals.GetValueOrDefault(number);

    /// <summary>Whether an operation is known well enough to be reversed.</summary>
    public bool KnowsOriginal(long number) => originals.ContainsKey(number);

    /// <summary>Adds an operation that is to be reversed, as of the head.</summary>
    public void Load(Original original) => originals[original.Number] = original;

    /// <summary>An operation that was looked up before it was there can be reversed now.</summary>
    internal void Meet(Operation operation)
    {
        if (originals.Count > 0 && originals.TryGetValue(operation.Number, out var before) && before is null)
            undo.Set(originals, operation.Number, Original.Of(operation, _ => default));
    }

    /// <summary>Counts what was taken back against its original, where that is known.</summary>
    internal void TakeBack(Operation operation, long number, ImmutableArray<ReversedLeg> legs)
    {
        if (originals.GetValueOrDefault(number) is not { } original)
            return;
        var back = original.Back.ToBuilder();
        foreach (var leg in legs)
        {
            Require(
                leg.Leg < original.Legs.Length && leg.Whole == original.Legs[leg.Leg].Amounts, operation, "a reversal is of its original");
            Require(back[leg.Leg] + leg.Part == leg.Back, operation, "what was reversed is what was reversed before plus what is taken");
            Require(
                leg.Back.Paid <= leg.Whole.Paid && leg.Back.Received <= leg.Whole.Received, operation,
                "reversals never take more than their original");
            back[leg.Leg] = leg.Back;
        }

        undo.Set(originals, number, original with { Back = back.MoveToImmutable() });
    }
}
