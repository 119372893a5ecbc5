namespace Kopeck.Api.Answers;

/// <summary>A reversal of an operation.</summary>
/// <param name="Id">The reversal's number.</param>
/// <param name="Taken">What it took.</param>
public sealed record ReversedBy(long Id, MovedAmounts Taken);
