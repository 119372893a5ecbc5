namespace Kopeck.Statements.Writing;

/// <summary>Text that a spreadsheet would take for a formula.</summary>
public static class FormulaText
{
    /// <summary>
    /// The text with an apostrophe before it where it starts with <c>= + - @</c>, also of full width, a tab or a carriage return; as it is
    /// otherwise.
    /// </summary>
    public static string Neutralize(string text) => IsLike(text) ? "'" + text : text;

    /// <summary>Whether a text starts so.</summary>
    public static bool IsLike(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠', ..];
}
