namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>How a feed writes its numbers.</summary>
/// <param name="DecimalSign">A point or a comma.</param>
/// <param name="HasExponents">Whether a number may have an exponent: those of JSON may.</param>
/// <param name="Direction">What the figures count.</param>
readonly record struct FeedNotation(char DecimalSign, bool HasExponents, FeedDirection Direction)
{
    public static FeedNotation Ecb => new('.', HasExponents: false, FeedDirection.CurrencyPerBase);

    public static FeedNotation BankOfRussia => new(',', HasExponents: false, FeedDirection.BasePerCurrency);

    public static FeedNotation Json => new('.', HasExponents: true, FeedDirection.CurrencyPerBase);

    public bool TryRead(ReadOnlySpan<char> text, out FeedNumber number) => FeedNumber.TryParse(text, DecimalSign, HasExponents, out number);
}
