using Kopeck.Ledger.Errors;

namespace Kopeck.Engine.Requests;

/// <summary>What became of a batch.</summary>
/// <param name="Rejection">Why an atomic batch was not done; then there are no outcomes.</param>
/// <param name="Outcomes">One an item, in order.</param>
public sealed record BatchOutcome(Rejection? Rejection, IReadOnlyList<Outcome> Outcomes);
