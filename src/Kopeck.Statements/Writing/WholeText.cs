using System.Text;

namespace Kopeck.Statements.Writing;

/// <summary>Text for fields that have a longest length, cut between whole characters.</summary>
static class WholeText
{
    /// <summary>The start of a text, at most so many UTF-16 units.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    /// <summary>A text in pieces of at most so many UTF-16 units.</summary>
    public static IEnumerable<string> Split(string text, int length)
    {
        for (var rest = text; rest.Length > 0;)
        {
            var piece = Cut(rest, length);
            yield return piece;
            rest = rest[piece.Length..];
        }
    }

    /// <summary>Joins what is there.</summary>
    public static string Join(string separator, params ReadOnlySpan<string?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (string.IsNullOrEmpty(part))
                continue;
            if (text.Length > 0)
                text.Append(separator);
            text.Append(part);
        }

        return text.ToString();
    }
}
