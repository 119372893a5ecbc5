using System;
using System.Linq;

namespace Kopeck.Fields.Sql;

/// <summary>Names in the tables become names in C#: these are the ones that would not compile.</summary>
static class GeneratedNames
{
    static readonly string[] Types =
    {
        "Column",
        "Ddl",
        "FieldError",
        "FieldJsonConverter",
        "FieldKind",
        "FieldType",
        "FieldTypes",
        "DecimalRules",
        "RecordReader",
        "Tables",
        "TextRules"
    };
    static readonly string[] MembersOfTypes =
    {
        "MaxLength",
        "MaxScaled",
        "MinLength",
        "Parse",
        "Precision",
        "Restore",
        "Scale",
        "Scaled",
        "Text",
        "TryFromScaled",
        "TryParse",
        "Type",
        "Value"
    };
    static readonly string[] MembersOfTables = { "All", "ColumnsOf", "PrimaryKeyOf", "Tables" };
    static readonly string[] MembersOfTable = { "TableName", "Columns", "Inputs", "PrimaryKey", "Column", "FieldTypes" };
    static readonly string[] MembersOfRecord =
        { "TryCreate", "Item", "EqualityContract", "Equals", "GetHashCode", "ToString", "PrintMembers" };

    /// <summary>customer_name as CustomerName.</summary>
    public static string Pascal(string name) =>
        string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));

    /// <summary>Lower-case words, of which the first starts with a letter, between single underscores.</summary>
    public static bool IsName(string text) =>
        text.Length > 0
            && text[0] is >= 'a' and <= 'z'
            && text.Split('_').All(word => word.Length > 0 && word.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9')));

    /// <summary>Whether two names are one in C#, as a_1 and a1.</summary>
    public static bool Collide(string one, string other) => Pascal(one) == Pascal(other);

    public static bool IsTypeName(string name) =>
        name.Length > 0
            && name[0] is >= 'A' and <= 'Z'
            && name.All(letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            && !Types.Contains(name);

    public static bool IsTakenDomain(string name) => Types.Contains(Pascal(name)) || MembersOfTypes.Contains(Pascal(name));

    public static bool IsTakenTable(string name) => MembersOfTables.Contains(Pascal(name));

    public static bool IsTakenColumn(Table table, string name) =>
        MembersOfTable.Contains(Pascal(name))
            || Collide(name, table.Name)
            || (table.Record is { } record && (Pascal(name) == record || MembersOfRecord.Contains(Pascal(name))));
}
