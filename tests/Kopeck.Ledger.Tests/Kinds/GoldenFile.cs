namespace Kopeck.Ledger.Tests.Kinds;

/// <summary>
/// A file of <c>tests/Golden</c>: a name, a tab and a value a line. What stands there was written to somebody's journal, or is taken to be:
/// lines are added, never edited and never removed. A test that fails on such a line has found a change of what is kept for ever: the
/// change is wrong, not the line.
/// </summary>
static class GoldenFile
{
    public static Dictionary<string, string> Read(string file) =>
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", file))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>Fails where a line says otherwise, and for names that are not in the file: then it says the lines that it lacks.</summary>
    public static void AssertHolds(string file, IEnumerable<(string Name, string Value)> values)
    {
        var lines = Read(file);
        var missing = new List<string>();
        foreach (var (name, value) in values)
        {
            if (!lines.TryGetValue(name, out var golden))
                missing.Add($"{name}\t{value}");
            else
                Assert.Equal($"{name} {golden}", $"{name} {value}");
        }

        Assert.True(missing.Count == 0, $"Add to tests/Golden/{file}:\n{string.Join('\n', missing)}");
    }
}
