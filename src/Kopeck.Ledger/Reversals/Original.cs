using System.Collections.Immutable;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Ledger.Reversals;

/// <summary>An operation of which something is to be reversed, and how much of it was.</summary>
/// <param name="Legs">What moved; empty for an operation that moved nothing, which cannot be reversed.</param>
/// <param name="Back">What reversals took of each leg.</param>
public sealed record Original(long Number, OperationKind Kind, ImmutableArray<MovedLeg> Legs, ImmutableArray<Sides> Back)
{
    /// <summary>An operation as reversals see it.</summary>
    /// <param name="back">What they took of each of its legs.</param>
    public static Original Of(Operation operation, Func<int, Sides> back)
    {
        var legs = KindList.Of(operation.Kind).LegsOf(operation);
        return new Original(operation.Number, operation.Kind, legs, [.. legs.Select((_, leg) => back(leg))]);
    }

    /// <summary>Whether nothing of it remains.</summary>
    public bool IsReversed
    {
        get
        {
            for (var leg = 0; leg < Legs.Length; leg++)
            {
                if (Remaining(leg) != default)
                    return false;
            }

            return true;
        }
    }

    /// <summary>What remains of a leg.</summary>
    public Sides Remaining(int leg) => Legs[leg].Amounts - Back[leg];
}
