namespace Kopeck.Client;

/// <summary>A member of a request that was wrong.</summary>
/// <param name="Field">Its path, such as <c>amount.amount</c>.</param>
/// <param name="Code">What is wrong, such as <c>too_many_decimals</c>.</param>
/// <param name="Detail">For people.</param>
public sealed record FieldViolation(string Field, string Code, string Detail);
