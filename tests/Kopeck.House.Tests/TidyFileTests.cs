using System.Text.RegularExpressions;

namespace Kopeck.House.Tests;

/// <summary>How files are written: the width of a line, the length of a file, what a file may hold, and where it lies.</summary>
public sealed partial class TidyFileTests
{
    const int MaxColumns = 140;
    const int MaxLines = 400;
    const string Kinds = "Kopeck.Ledger.Kinds";

    [Fact]
    public void No_line_is_wider_than_140_columns()
    {
        var wide = Tree.Sources("src", "tests", "bench", "tools", "examples").Concat(Tree.Files("*.proto", "proto"))
            .Concat(Tree.Files("*.sql", "schema/tables"))
            .SelectMany(path => Code(Tree.Lines(path))
                .Where(line => line.Text.Length > MaxColumns && !IsData(line.Text))
                .Select(line => $"{path}:{line.Number} has {line.Text.Length} columns"));
        Assert.Empty(wide);
    }

    [Fact]
    public void No_paragraph_of_the_documents_is_wider_than_140_columns()
    {
        var wide = Tree.Files("*.md", "docs", "src").Append("README.md").Append("CONTRIBUTING.md").Append("CHANGELOG.md")
            .SelectMany(path => Paragraphs(Tree.Lines(path))
                .Where(line => line.Text.Length > MaxColumns)
                .Select(line => $"{path}:{line.Number} has {line.Text.Length} columns"));
        Assert.Empty(wide);
    }

    [Fact]
    public void Every_file_is_short_enough_to_hold_one_idea()
    {
        var longOnes = Tree.Sources("src").Where(path => Tree.Lines(path).Length > MaxLines);
        Assert.Empty(longOnes);
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var astray = Tree.Sources("src").Where(path => !IsPartOfTheProgram(path)).Select(path => (path, Found: NamespaceOf(path)))
            .Where(file => file.Found is not null && file.Found != Expected(file.path))
            .Select(file => $"{file.path} is in {file.Found}, and belongs into {Expected(file.path)}");
        Assert.Empty(astray);
    }

    [Fact]
    public void A_file_holds_one_public_type()
    {
        var crowded = Tree.Sources("src")
            .Select(path => (path, Types: Tree.Lines(path).Select(line => PublicType().Match(line)).Where(match => match.Success)
                .Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList()))
            .Where(file => file.Types.Count > 1)
            .Select(file => $"{file.path} holds {string.Join(", ", file.Types)}");
        Assert.Empty(crowded);
    }

    // What stands in a raw text, such as a statement of SQL or a body of a test, is no code.
    static IEnumerable<(string Text, int Number)> Code(string[] lines)
    {
        var isText = false;
        for (var index = 0; index < lines.Length; index++)
        {
            var turns = lines[index].Split("\"\"\"").Length - 1;
            if (!isText && turns == 0)
                yield return (lines[index], index + 1);
            isText ^= turns % 2 == 1;
        }
    }

    // Texts are as long as what they say: a sentence for the caller, a pattern, an address.
    static bool IsData(string line) =>
        line.Contains("://", StringComparison.Ordinal) || Quoted().Matches(line).Sum(match => match.Length) >= 50;

    static bool IsPartOfTheProgram(string path) => path.EndsWith("/Program.cs", StringComparison.Ordinal);

    static string? NamespaceOf(string path) =>
        Tree.Lines(path).Select(line => Namespace().Match(line)).FirstOrDefault(match => match.Success)
        ?.Groups["name"].Value;

    // The kinds of operations are one list, a folder each: they share a namespace. What Kopeck.Proto adds to generated types is in theirs.
    static string Expected(string path)
    {
        var name = Path.GetDirectoryName(path)!.Replace('\\', '/')["src/".Length..].Replace('/', '.');
        return name.StartsWith(Kinds, StringComparison.Ordinal) ? Kinds : name == "Kopeck.Proto" ? "Kopeck.V1" : name;
    }

    // Tables and code are one line a row, whatever they hold.
    static IEnumerable<(string Text, int Number)> Paragraphs(string[] lines)
    {
        var isCode = false;
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index];
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (!isCode && !line.StartsWith('|') && !line.StartsWith("    ", StringComparison.Ordinal))
                yield return (line, index + 1);
        }
    }

    [GeneratedRegex(@"""(\\.|[^""\\])*""", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|readonly|partial|ref|unsafe) )*(?:record struct|record class|class|struct|interface|enum|record|delegate [\w<>?]+) (?<name>\w+)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex PublicType();
}
