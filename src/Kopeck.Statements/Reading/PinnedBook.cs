using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;

namespace Kopeck.Statements.Reading;

/// <summary>A book as it stood after an operation.</summary>
/// <param name="Terms">Also of changes after the pin, which count for nothing before it.</param>
/// <param name="Opened">When the book was opened.</param>
public sealed record PinnedBook(BookName Book, Currency BaseCurrency, TermsHistory Terms, Instant Opened, Head Pin)
{
    /// <summary>The days that the book counts in after the pin's operation.</summary>
    public DayZone Zone => Terms.Before(Pin.Number + 1).Zone;
}
