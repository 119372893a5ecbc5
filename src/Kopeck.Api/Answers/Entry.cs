namespace Kopeck.Api.Answers;

/// <summary>A signed movement of one account, with the balance after it.</summary>
/// <param name="Account">Null in a dry run for an account that would be opened.</param>
public readonly record struct Entry(long? Account, Money Amount, Money Balance);
