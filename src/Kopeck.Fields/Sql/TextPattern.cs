using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Kopeck.Fields.Sql;

/// <summary>
/// A regular expression of one of two forms that C#, SQLite's GLOB and PostgreSQL all can hold: single characters of classes and at the
/// end one class repeated (<c>^[a-z][a-z0-9-]*$</c>, <c>^[A-Z]{3}$</c>, <c>^[!-~]+$</c>), or words of one class between a separator
/// (<c>^[a-z]+(,[a-z]+)*$</c>).
/// </summary>
sealed class TextPattern
{
    // What means itself in a regular expression and in GLOB.
    const string Separators = ",;:/=@#_- ";

    TextPattern(string regex, IReadOnlyList<string> heads, string? tail, bool isTailRequired, char? separator)
    {
        Regex = regex;
        Heads = heads;
        Tail = tail;
        IsTailRequired = isTailRequired;
        Separator = separator;
    }

    public string Regex { get; }

    /// <summary>The classes of the first characters, as in <c>a-z0-9</c>.</summary>
    public IReadOnlyList<string> Heads { get; }

    /// <summary>The class of all other characters; null where there are none.</summary>
    public string? Tail { get; }

    public bool IsTailRequired { get; }

    /// <summary>Between words of <see cref="Tail"/>; null for the first form.</summary>
    public char? Separator { get; }

    /// <summary>Reads a regular expression; null when it is of neither form.</summary>
    public static TextPattern? Parse(string regex)
    {
        if (regex.Length < 3 || regex[0] != '^' || regex[regex.Length - 1] != '$')
            return null;
        var rest = regex.Substring(1, regex.Length - 2);
        var heads = new List<string>();
        while (rest.Length > 0)
        {
            var end = rest[0] == '[' ? rest.IndexOf(']') : -1;
            if (end < 2 || rest[1] == '^')
                return null;
            var characters = rest.Substring(1, end - 1);
            if (Letters(characters) is not { } letters)
                return null;
            rest = rest.Substring(end + 1);
            if (rest.StartsWith("+(", System.StringComparison.Ordinal)
                && rest.Length > 2
                && rest == $"+({rest[2]}[{characters}]+)*"
                && heads.Count == 0
                && Separators.Contains(rest[2])
                && !letters.Contains(rest[2]))
                return new TextPattern(regex, heads, characters, true, rest[2]);
            if (rest is "*" or "+")
                return new TextPattern(regex, heads, characters, rest == "+", null);
            var count = 1;
            if (rest.StartsWith("{", System.StringComparison.Ordinal))
            {
                var close = rest.IndexOf('}');
                if (close < 2
                    || !int.TryParse(rest.Substring(1, close - 1), NumberStyles.None, CultureInfo.InvariantCulture, out count)
                    || count is < 1 or > 100)
                    return null;
                rest = rest.Substring(close + 1);
            }

            heads.AddRange(Enumerable.Repeat(characters, count));
        }

        return new TextPattern(regex, heads, null, false, null);
    }

    /// <summary>Conditions on a column in SQLite.</summary>
    public string ToGlob(string column)
    {
        if (Separator is { } separator)
            return $"{column} NOT GLOB '*[^{(Tail!.EndsWith("-", System.StringComparison.Ordinal) ? $"{separator}{Tail}" : $"{Tail}{separator}")}]*' AND {column} NOT GLOB '{separator}*' AND {column} NOT GLOB '*{separator}' AND {column} NOT GLOB '*{separator}{separator}*'";
        var head = string.Concat(Heads.Select(characters => $"[{characters}]"));
        if (Tail is null)
            return $"{column} GLOB '{head}'";
        var conditions = new StringBuilder();
        if (Heads.Count > 0 || IsTailRequired)
            conditions.Append($"{column} GLOB '{head}{(IsTailRequired ? $"[{Tail}]" : "")}*' AND ");
        conditions.Append(
            Heads.Count > 0 ? $"substr({column}, {Heads.Count + 1}) NOT GLOB '*[^{Tail}]*'" : $"{column} NOT GLOB '*[^{Tail}]*'");
        return conditions.ToString();
    }

    /// <summary>
    /// All characters of a class; null when engines could differ on it: only ASCII, ranges that ascend, and a hyphen at an end.
    /// </summary>
    public static string? Letters(string characters)
    {
        var letters = new SortedSet<char>();
        for (var index = 0; index < characters.Length; index++)
        {
            var (first, last) = (characters[index], characters[index]);
            if (index + 2 < characters.Length && characters[index + 1] == '-')
            {
                last = characters[index + 2];
                index += 2;
            }
            else if (first is '^' or '\\' or '\'' or '[' || (first == '-' && index > 0 && index < characters.Length - 1))
            {
                return null;
            }

            if (first is < ' ' or > '~' || last is < ' ' or > '~' || last < first)
                return null;
            for (var letter = first; letter <= last; letter++)
                letters.Add(letter);
        }

        return string.Concat(letters);
    }

    /// <summary>A C# condition that a character is of a class.</summary>
    public static string ToCondition(string characters)
    {
        var conditions = new List<string>();
        for (var index = 0; index < characters.Length; index++)
        {
            if (index + 2 < characters.Length && characters[index + 1] == '-')
            {
                conditions.Add($">= {Literal(characters[index])} and <= {Literal(characters[index + 2])}");
                index += 2;
            }
            else
            {
                conditions.Add(Literal(characters[index]));
            }
        }

        return string.Join(" or ", conditions);
    }

    static string Literal(char character) => character is '\'' or '\\' ? $"'\\{character}'" : $"'{character}'";
}
