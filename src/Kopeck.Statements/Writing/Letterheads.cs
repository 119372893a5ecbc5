using Kopeck.Ledger;

namespace Kopeck.Statements.Writing;

/// <summary>
/// The house's letterheads over time: a statement has the one of its pinned instant, so that a later one does not change it.
/// </summary>
public sealed class Letterheads
{
    readonly List<Letterhead> byTime;

    /// <summary>Letterheads in any order.</summary>
    public Letterheads(IEnumerable<Letterhead> letterheads) => byTime = [.. letterheads.OrderBy(letterhead => letterhead.From)];

    /// <summary>None at any time.</summary>
    public static Letterheads None { get; } = new([]);

    /// <summary>The letterhead of an instant.</summary>
    public Letterhead? At(Instant instant) => byTime.LastOrDefault(letterhead => letterhead.From <= instant);
}
