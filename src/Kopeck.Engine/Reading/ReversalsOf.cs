using Kopeck.Ledger.Reversals;

namespace Kopeck.Engine.Reading;

/// <summary>What was reversed of an operation.</summary>
/// <param name="Original">With how much of its legs.</param>
/// <param name="Reversals">Leg by leg, oldest first, as many as were asked for.</param>
public sealed record ReversalsOf(Original Original, IReadOnlyList<ReversalRow> Reversals);
