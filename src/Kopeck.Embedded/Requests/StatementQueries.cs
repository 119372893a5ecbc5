namespace Kopeck.Embedded;

/// <summary>What a statement or a report covers and how it looks.</summary>
public record DocumentQuery
{
    /// <summary>As of this point; the last operation if left out. At the same number it is the same again, byte for byte.</summary>
    public LedgerPoint? At { get; init; }

    /// <summary>The format's name, such as <c>csv</c>; the first of its kind if left out.</summary>
    public string? Format { get; init; }

    /// <summary>The language of headings: <c>en</c> if left out.</summary>
    public string? Lang { get; init; }
}

/// <summary>A document of a period.</summary>
public sealed record PeriodQuery : DocumentQuery
{
    /// <summary>From this instant on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before this instant.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A document at the quotes of a date.</summary>
public sealed record ExchangeQuery : DocumentQuery
{
    /// <summary>The date of the quotes; the day of the last operation if left out.</summary>
    public LedgerDate? Date { get; init; }
}
