using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Bodies;

/// <summary>How a member of a body is read.</summary>
public enum MemberKind
{
    /// <summary>A text with a field's rules.</summary>
    Text,

    /// <summary>An object's id: a string of digits.</summary>
    Id,

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

    /// <summary>An array that the call reads item by item.</summary>
    Items,
}

/// <summary>A member of a body: one source for reading it strictly and for the OpenAPI document.</summary>
public sealed record Member(string Name, MemberKind Kind, string Description)
{
    /// <summary>Whether a body without it is refused.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether an explicit null is a value, rather than the same as leaving it out.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether an explicit null is refused, though the member may be left out: it cannot be cleared.</summary>
    public bool RefusesNull { get; init; }

    /// <summary>The field's rules.</summary>
    public FieldType? Field { get; init; }

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The shape of an array's objects.</summary>
    public Shape? Item { get; init; }

    /// <summary>The most items of an array.</summary>
    public int MaxItems { get; init; } = int.MaxValue;

    /// <summary>A member with the rules of a column: NOT NULL is required, a JSON object for metadata.</summary>
    public static Member Of(Column column) => new(column.JsonName, column.Type.Name == "metadata" ? MemberKind.Metadata : MemberKind.Text, column.Description)
    {
        IsRequired = !column.IsNullable,
        Field = column.Type,
    };
}

/// <summary>The members that an object may have; others are refused by name.</summary>
public sealed record Shape(string Name, params IReadOnlyList<Member> Members);
