using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes;

/// <summary>For which dates quotes may be loaded: any of the past, and some days ahead. They take force on their date.</summary>
public static class QuoteDates
{
    /// <summary>How many days after today may be loaded.</summary>
    public const int MaxDaysAhead = 14;

    /// <summary>What is wrong with a date, today being a book's day: <c>date_too_late</c>, or nothing.</summary>
    public static FieldError? Check(DateOnly date, DateOnly today) =>
        date.DayNumber > today.DayNumber + MaxDaysAhead
            ? new FieldError(
                "date_too_late",
                $"Quotes may be loaded for {MaxDaysAhead} days ahead at most: {date:yyyy-MM-dd} is later than {today.AddDays(MaxDaysAhead):yyyy-MM-dd}")
            : null;
}
