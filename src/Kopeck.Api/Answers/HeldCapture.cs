namespace Kopeck.Api.Answers;

/// <summary>One capture of a hold.</summary>
/// <param name="Operation">Null for the one of a dry run.</param>
/// <param name="Amount">What it took.</param>
public readonly record struct HeldCapture(long? Operation, Money Amount);
