namespace Kopeck.Engine.Reading;

/// <summary>
/// The sums of an account's entries in a range of numbers. The sums are wide: many amounts may add up to more than any balance.
/// </summary>
/// <param name="Debits">Zero or negative.</param>
public readonly record struct EntrySums(long CreditCount, Int128 Credits, long DebitCount, Int128 Debits)
{
    /// <summary>The sums of two ranges that do not overlap.</summary>
    public EntrySums Plus(EntrySums other) =>
        new(CreditCount + other.CreditCount, Credits + other.Credits, DebitCount + other.DebitCount, Debits + other.Debits);
}
