namespace Kopeck.Api.Answers;

/// <summary>By how much an operation changed what a hold reserves.</summary>
/// <param name="Hold">Null in a dry run for a hold that would be placed.</param>
/// <param name="Account">The account whose money is reserved.</param>
/// <param name="Change">Negative frees.</param>
/// <param name="Held">What all open holds of the account reserve after it.</param>
public readonly record struct HeldChange(long? Hold, long Account, Money Change, Money Held);
