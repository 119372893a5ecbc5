namespace Kopeck.Ledger.Fields;

/// <summary>What the tables say of a field: the one source of its validator, its database type and the API's constraints.</summary>
public sealed record FieldType
{
    /// <summary>The domain's name in the tables, such as <c>customer_name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it is stored.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>What it means, from the tables' comment.</summary>
    public required string Description { get; init; }

    /// <summary>The most Unicode code points of a text, or null where it has no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The least Unicode code points of a text: 1, or the length of a <c>char(n)</c>.</summary>
    public int? MinLength { get; init; }

    /// <summary>All digits of a numeric.</summary>
    public int? Precision { get; init; }

    /// <summary>The decimals of a numeric.</summary>
    public int? Scale { get; init; }

    /// <summary>The least whole number.</summary>
    public long? Minimum { get; init; }

    /// <summary>The greatest whole number.</summary>
    public long? Maximum { get; init; }

    /// <summary>Whether a numeric must be more than zero.</summary>
    public bool IsPositive { get; init; }

    /// <summary>A regular expression that the whole text matches.</summary>
    public string? Pattern { get; init; }

    /// <summary>The same, as code.</summary>
    public Func<string, bool>? IsMatch { get; init; }
}
