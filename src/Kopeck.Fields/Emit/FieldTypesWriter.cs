using System.Collections.Generic;
using System.Linq;
using System.Text;
using Kopeck.Fields.Sql;

namespace Kopeck.Fields.Emit;

/// <summary>Writes <c>FieldTypes</c>: what the tables say of each type, as values.</summary>
static class FieldTypesWriter
{
    public static string Write(Schema schema)
    {
        var code = new StringBuilder(CodeText.Header);
        code.Append("\n/// <summary>What the tables say of each type.</summary>\npublic static class FieldTypes\n{\n");
        foreach (var domain in Domains(schema))
        {
            if (domain.Check.Pattern is { Tail: { } tail } tailed)
                code.Append(
                    $"    static readonly System.Buffers.SearchValues<char> {Letters(domain)} = System.Buffers.SearchValues.Create({CodeText.Literal(TextPattern.Letters(tail) + tailed.Separator)});\n\n");
            code.Append($"    /// <summary>{CodeText.Doc(domain.Comment)}</summary>\n");
            code.Append(
                $"    public static FieldType {Name(domain)} {{ get; }} = new()\n    {{\n        Name = {CodeText.Literal(domain.Name)},\n        Kind = FieldKind.{Kind(domain.Type)},\n        Description = {CodeText.Literal(domain.Comment)},\n");
            if (domain.Type is { IsText: true, Length: { } length })
                code.Append($"        MinLength = {(domain.Type.Name == "char" ? length : 1)},\n        MaxLength = {length},\n");
            if (domain.Type.Name == "numeric")
                code.Append(
                    $"        Precision = {domain.Type.Length},\n        Scale = {domain.Type.Scale},\n        IsPositive = {CodeText.Flag(domain.Check.IsPositive)},\n");
            if (domain.Check.Minimum is { } minimum)
                code.Append($"        Minimum = {minimum},\n");
            if (domain.Check.Maximum is { } maximum)
                code.Append($"        Maximum = {maximum},\n");
            if (domain.Check.Pattern is { } pattern)
                code.Append(
                    $"        Pattern = {CodeText.Literal(pattern.Regex)},\n        IsMatch = static text => {Matcher(domain, pattern)},\n");
            code.Append("    };\n\n");
        }

        code.Length--;
        return code.Append("}\n").ToString();
    }

    /// <summary>The domains, and the plain types that columns use.</summary>
    public static IEnumerable<Domain> Domains(Schema schema) =>
        schema.Domains.Concat(schema.Tables.SelectMany(table => table.Columns).Select(column => column.Domain)
            .Where(domain => schema.FindDomain(domain.Name) is null)
            .GroupBy(domain => domain.Name).Select(group => Plain(group.First())));

    /// <summary>The member of FieldTypes.</summary>
    public static string Name(Domain domain) => CodeText.Pascal(domain.Name) + (domain.Name == domain.Type.Name ? "Type" : "");

    static Domain Plain(Domain domain) =>
        domain.Name == domain.Type.Name ? new Domain(domain.Name, domain.Type, domain.Check, $"A plain {domain.Name}.") : domain;

    static string Kind(SqlType type) => type.Name switch
    {
        "varchar" or "char" or "text" => "Text",
        "numeric" => "Numeric",
        "bytea" => "Bytes",
        "boolean" => "Boolean",
        "date" => "Date",
        _ => "Integer",
    };

    // Runs for every name and key of every request: no allocation.
    static string Matcher(Domain domain, TextPattern pattern)
    {
        var conditions = new List<string>
        {
            pattern.Tail is null
                ? $"text.Length == {pattern.Heads.Count}"
                : $"text.Length >= {pattern.Heads.Count + (pattern.IsTailRequired ? 1 : 0)}"
        };
        for (var index = 0; index < pattern.Heads.Count; index++)
            conditions.Add($"text[{index}] is {TextPattern.ToCondition(pattern.Heads[index])}");
        if (pattern.Tail is not null)
            conditions.Add(
                $"!System.MemoryExtensions.ContainsAnyExcept(System.MemoryExtensions.AsSpan(text, {pattern.Heads.Count}), {Letters(domain)})");
        if (pattern.Separator is { } separator)
            conditions.Add(
                $"text[0] != '{separator}' && text[^1] != '{separator}' && !text.Contains(\"{separator}{separator}\", System.StringComparison.Ordinal)");
        return string.Join(" && ", conditions);
    }

    static string Letters(Domain domain) => CodeText.Pascal(domain.Name) + "Letters";
}
