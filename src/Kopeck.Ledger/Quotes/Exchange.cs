namespace Kopeck.Ledger.Quotes;

/// <summary>How an operation was converted. The quotes are what counts; the rate is for display.</summary>
/// <param name="Rate">Units of <paramref name="To"/> for one unit of <paramref name="From"/>, rounded to at most 10 significant
/// digits.</param>
/// <param name="Date">The operation's day in the book's time zone, for which the quotes were in force.</param>
public sealed record Exchange(string From, string To, string Rate, DateOnly Date, UsedQuote FromQuote, UsedQuote ToQuote);
