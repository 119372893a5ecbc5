using Kopeck.Ledger;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Writing;

/// <summary>Periods for formats whose balances have a date and no time.</summary>
static class PeriodDays
{
    /// <summary>The last day of a period: one that ends at midnight ends with the day before.</summary>
    public static DateOnly LastDay(this StatementPeriod period) =>
        period.IsOpen || period.End <= period.Start ? period.End.Date : new Instant(period.End.Microseconds - 1).Date;
}
