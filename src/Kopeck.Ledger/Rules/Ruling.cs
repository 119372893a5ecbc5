using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Rules;

/// <summary>What commands are decided on. The rules are pure functions of it, of the command, and of the salts that are drawn.</summary>
/// <param name="State">The book, with everything that the commands need.</param>
/// <param name="At">The instant of the batch.</param>
public sealed record Ruling(BookState State, Instant At, ISaltSource Salts)
{
    /// <summary>The day of the batch, in the book's time zone.</summary>
    public DateOnly Today => State.Terms.Zone.DayOf(At);
}
