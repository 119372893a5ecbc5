namespace Kopeck.Ledger.Holds;

/// <summary>One capture of a hold.</summary>
/// <param name="Operation">Its number.</param>
/// <param name="Amount">What it took, in minor units of the hold's account.</param>
public readonly record struct HoldCapture(long Operation, long Amount);
