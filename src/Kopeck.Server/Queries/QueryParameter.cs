using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Queries;

/// <summary>How a query parameter is read.</summary>
public enum ParameterKind
{
    /// <summary>Any text, not empty.</summary>
    Text,

    /// <summary>A text with a field's rules.</summary>
    Field,

    /// <summary>An object's id.</summary>
    Id,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>An ISO 4217 code.</summary>
    Currency,

    /// <summary>An instant, or a date for midnight UTC.</summary>
    Instant,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A journal number, or an instant or date in the past.</summary>
    Moment,

    /// <summary>A journal number, or 0 for before the first.</summary>
    Number,

    /// <summary>1 to 1,000.</summary>
    Limit,

    /// <summary>Where the page before ended.</summary>
    Cursor,

    /// <summary>True or false.</summary>
    Flag,
}

/// <summary>A query parameter: one source for reading it strictly and for the OpenAPI document.</summary>
public sealed record QueryParameter(string Name, ParameterKind Kind, string Description)
{
    /// <summary>Decides a mutation and answers as it would, but writes nothing.</summary>
    public static QueryParameter DryRun { get; } = new("dryRun", ParameterKind.Flag, "true: decide and answer as it would be, and write nothing");

    /// <summary>The parameters of every list.</summary>
    public static IReadOnlyList<QueryParameter> Page { get; } =
    [
        new("limit", ParameterKind.Limit, "How many items, 1 to 1,000; 50 if left out"),
        new("order", ParameterKind.Choice, "desc: newest first (if left out); asc: oldest first") { Words = ["asc", "desc"] },
        new("cursor", ParameterKind.Cursor, "The next of the page before"),
    ];

    /// <summary>The field's rules.</summary>
    public FieldType? Field { get; init; }

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Whether a call without it is refused.</summary>
    public bool IsRequired { get; init; }
}
