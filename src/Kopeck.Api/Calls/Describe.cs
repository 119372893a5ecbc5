namespace Kopeck.Api.Calls;

/// <summary>What several calls say of their inputs.</summary>
static class Describe
{
    public const string Amount = "How much, as a decimal string such as \"100.00\"; more than zero, with at most the currency's decimals";

    public const string Description = "What it was for. Not for personal data: it cannot be erased";

    public const string Metadata = "A JSON object of your own. Not for personal data: it cannot be erased";

    public const string Code = "Your own name of the account, unique in the book";

    public const string Since = "From this instant on; a bare date is midnight UTC";

    public const string Until = "Before this instant; a bare date is midnight UTC";

    /// <summary>The first border of a document's period.</summary>
    public const string PeriodSince = "From this instant on; a bare date is the beginning of the day in tz";

    /// <summary>The last border of a document's period.</summary>
    public const string PeriodUntil = "Before this instant; a bare date is the beginning of the day in tz";

    public const string At = "As that journal number left it, or as of an instant in the past";

    public const string TimeZone = "Whose days count: a name of the IANA's database, such as Europe/Berlin";

    public const string SameCurrency = "The account's currency, as a check";
}
