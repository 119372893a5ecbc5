namespace Kopeck.Ledger.Fields;

/// <summary>A column of a table.</summary>
/// <param name="Name">As in the tables, such as <c>name_folded</c>.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="IsNullable">Whether it may be left out.</param>
/// <param name="IsInput">Whether callers give it (<c>@input</c> in the tables).</param>
/// <param name="Description">What it means, from the tables' comment.</param>
public sealed record Column(string Name, FieldType Type, bool IsNullable, bool IsInput, string Description)
{
    /// <summary>The name in JSON: camelCase.</summary>
    public string JsonName { get; } = ToCamelCase(Name);

    static string ToCamelCase(string name)
    {
        var words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
