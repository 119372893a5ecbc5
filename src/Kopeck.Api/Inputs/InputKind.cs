namespace Kopeck.Api.Inputs;

/// <summary>What an input is: how it is written in requests and described in the documents.</summary>
public enum InputKind
{
    /// <summary>A text with a field's rules.</summary>
    Text,

    /// <summary>Any text to look for, not empty.</summary>
    Search,

    /// <summary>An object's id: digits.</summary>
    Id,

    /// <summary>Who is paid: an account's id, or <c>cash</c> for the outside world.</summary>
    Receiver,

    /// <summary>An amount: a decimal string, or a JSON number read digit by digit.</summary>
    Amount,

    /// <summary>An amount that may be negative, or null for none.</summary>
    Floor,

    /// <summary>An ISO 4217 code that can hold money.</summary>
    Currency,

    /// <summary>A JSON object of the caller's own.</summary>
    Metadata,

    /// <summary>A whole number with a field's range.</summary>
    WholeNumber,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>Several of a few words.</summary>
    Choices,

    /// <summary>An array of objects of one shape.</summary>
    Objects,

    /// <summary>An array of items, each of a kind of its own.</summary>
    Items,

    /// <summary>Members that are data, such as a currency's quote.</summary>
    Map,

    /// <summary>Bytes in a format of their own.</summary>
    Bytes,

    /// <summary>An instant, or a date for midnight UTC.</summary>
    Instant,

    /// <summary>When something ends: an instant, a date for midnight UTC, or null for never.</summary>
    End,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A point in the book's history: a journal number, or an instant or date in the past.</summary>
    Point,

    /// <summary>A journal number, or 0 for before the first.</summary>
    Number,

    /// <summary>1 to 1,000.</summary>
    Limit,

    /// <summary>Where the page before ended.</summary>
    Cursor,
}
