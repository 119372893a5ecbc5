namespace Kopeck.Relational.Sql;

/// <summary>The kinds of values that are bound to a statement.</summary>
public enum ValueKind
{
    /// <summary>A whole number of 64 bits.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A day.</summary>
    Date,
}
