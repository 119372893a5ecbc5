namespace Kopeck.Relational.Sql;

/// <summary>
/// A value that is bound to a statement, or the keys of a statement that is run for each of them. <c>default</c> is the number 0.
/// </summary>
/// <param name="Kind">What it is, or each of the keys.</param>
/// <param name="Number">Where it is a number.</param>
/// <param name="Reference">The text, the bytes, the day, the keys as an array; null for a number, and for no value.</param>
/// <param name="IsMany">Whether it is keys.</param>
/// <param name="IsNull">Whether there is no value.</param>
public readonly record struct QueryValue(ValueKind Kind, long Number, object? Reference, bool IsMany, bool IsNull);
