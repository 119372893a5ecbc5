using Kopeck.Engine.Reading;

namespace Kopeck.Statements.Model;

/// <summary>What lines amount to. The sums are wide: many amounts may add up to more than any balance.</summary>
public sealed class SectionTotals
{
    Int128 worthOfCredits;
    Int128 worthOfDebits;
    long unquotedCredits;
    long unquotedDebits;

    /// <summary>Counts and sums in the wallet's currency. Over wallets of several currencies only the counts mean something.</summary>
    public EntrySums Sums { get; private set; }

    /// <summary>Credits less debits, in the wallet's currency.</summary>
    public Int128 Net => Sums.Credits + Sums.Debits;

    /// <summary>How many lines have no worth, because no quote was in force.</summary>
    public long Unquoted => unquotedCredits + unquotedDebits;

    /// <summary>The worth of the credits in the base currency; null where one of them has none.</summary>
    public Int128? WorthOfCredits => unquotedCredits == 0 ? worthOfCredits : null;

    /// <summary>The worth of the debits in the base currency, zero or negative; null where one of them has none.</summary>
    public Int128? WorthOfDebits => unquotedDebits == 0 ? worthOfDebits : null;

    /// <summary>The worth of all lines; null where a line has none.</summary>
    public Int128? Worth => WorthOfCredits + WorthOfDebits;

    internal void Add(long amount, Int128? worth)
    {
        Sums = Sums.Plus(amount < 0 ? new EntrySums(0, 0, 1, amount) : new EntrySums(1, amount, 0, 0));
        if (amount < 0)
        {
            worthOfDebits += worth ?? 0;
            unquotedDebits += worth is null ? 1 : 0;
        }
        else
        {
            worthOfCredits += worth ?? 0;
            unquotedCredits += worth is null ? 1 : 0;
        }
    }

    internal void Add(SectionTotals other)
    {
        Sums = Sums.Plus(other.Sums);
        unquotedCredits += other.unquotedCredits;
        unquotedDebits += other.unquotedDebits;
        worthOfCredits += other.worthOfCredits;
        worthOfDebits += other.worthOfDebits;
    }
}
