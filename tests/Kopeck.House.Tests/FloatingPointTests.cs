using System.Text.RegularExpressions;

namespace Kopeck.House.Tests;

/// <summary>Money never meets floating point: no word of it stands in the sources but where no money is.</summary>
public sealed partial class FloatingPointTests
{
    // How much a caller likes a media type.
    const string Accept = "src/Kopeck.Server/Http/AcceptedFormat.cs";

    // Coordinates of a page and of a letter, seconds for people, and the values of meters: none of them is money.
    static readonly string[] Without =
        ["src/Kopeck.Statements/Formats/Pdf/", "src/Kopeck.Cli/", "src/Kopeck.Server/Hosting/", "src/Kopeck.Client/", Accept];

    [Fact]
    public void Floating_point_stands_nowhere_near_money()
    {
        var found = Tree.Sources("src").Where(path => !Without.Any(start => path.StartsWith(start, StringComparison.Ordinal)))
            .SelectMany(path => Tree.Lines(path).Index().Where(line => Floating().IsMatch(Code(line.Item)))
                .Select(line => $"{path}:{line.Index + 1}: {line.Item.Trim()}"));
        Assert.Empty(found);
    }

    // Neither a comment nor what a text says.
    static string Code(string line) => line.TrimStart().StartsWith("//", StringComparison.Ordinal) ? "" : Quoted().Replace(line, "");

    [GeneratedRegex(@"""(\\.|[^""\\])*""", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<!\.)\b(double|float|Half|Single|Double)\b(?!"")")]
    private static partial Regex Floating();
}
