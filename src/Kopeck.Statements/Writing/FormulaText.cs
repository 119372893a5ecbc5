namespace Kopeck.Statements.Writing;

/// <summary>Text that a spreadsheet would take for a formula.</summary>
public static class FormulaText
{
    /// <summary>The text with an apostrophe before it where it starts with <c>= + - @</c>, a tab or a carriage return; as it is otherwise.</summary>
    public static string Neutralize(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
}
