using System.Text.RegularExpressions;

namespace Kopeck.Postgres.Tests.Statements;

/// <summary>A word of a statement, or what stands between two parentheses.</summary>
sealed partial record SqlNode(string Word, IReadOnlyList<SqlNode>? Children)
{
    public bool IsGroup => Children is not null;

    /// <summary>Whether it is a word without regard to case, such as <c>WHERE</c>.</summary>
    public bool Is(string word) => !IsGroup && Word.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>A name, in lower case, with its qualification if it has one; null for all else.</summary>
    public string? Name => !IsGroup && Names().IsMatch(Word) ? Word.ToLowerInvariant() : null;

    public override string ToString() => IsGroup ? $"({string.Join(' ', Children!)})" : Word;

    /// <summary>A statement's words; it has no comments.</summary>
    public static IReadOnlyList<SqlNode> Parse(string text)
    {
        var open = new Stack<List<SqlNode>>();
        open.Push([]);
        foreach (Match match in Words().Matches(text))
        {
            if (match.Value == "(")
            {
                open.Push([]);
            }
            else if (match.Value == ")")
            {
                var children = open.Pop();
                if (open.Count == 0)
                    throw new FormatException("A parenthesis too many: " + text);
                open.Peek().Add(new SqlNode("", children));
            }
            else
            {
                open.Peek().Add(new SqlNode(match.Value, null));
            }
        }

        return open.Count == 1 ? open.Pop() : throw new FormatException("A parenthesis is missing: " + text);
    }

    [GeneratedRegex("'(?:[^']|'')*'|\"[^\"]+\"|\\$\\d+|[A-Za-z_]\\w*(\\.([A-Za-z_]\\w*|\\*))*|\\d+(\\.\\d+)?|::|<>|<=|>=|\\S", RegexOptions.ExplicitCapture)]
    private static partial Regex Words();

    [GeneratedRegex("^[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Names();
}
