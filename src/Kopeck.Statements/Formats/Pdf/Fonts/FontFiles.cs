namespace Kopeck.Statements.Formats.Pdf.Fonts;

/// <summary>
/// The fonts of this machine for letters that the program's own font lacks: in the folders that KOPECK_FONTS names, then where systems keep
/// theirs. Upright regular ones without serifs come first, as the program's own is one; the order does not depend on the file system.
/// </summary>
static class FontFiles
{
    const string Setting = "KOPECK_FONTS";

    static readonly string[] Endings = [".ttf", ".otf", ".ttc"];

    // What is not for running text, or has pictures for outlines.
    static readonly string[] Unfit =
        ["Bold", "Italic", "Oblique", "Light", "Thin", "Black", "Medium", "Mono", "Color", "Display", "Condensed", "Emoji"];

    static readonly Lazy<IReadOnlyList<string>> Known = new(Find);

    /// <summary>The files in the order in which they are tried.</summary>
    public static IReadOnlyList<string> All => Known.Value;

    static List<string> Find()
    {
        var files = new List<(int Folder, int Rank, string Path)>();
        foreach (var (place, folder) in Folders().Index().Where(folder => Directory.Exists(folder.Item)))
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
            foreach (var path
                in Directory.EnumerateFiles(folder, "*", options)
                    .Where(path => Endings.Contains(Path.GetExtension(path).ToLowerInvariant())))
                files.Add((place, Rank(Path.GetFileNameWithoutExtension(path)), path));
        }

        return [.. files.OrderBy(file => file.Rank).ThenBy(file => file.Folder).ThenBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => file.Path).Distinct(StringComparer.Ordinal)];
    }

    static int Rank(string name)
    {
        var rank = name.StartsWith("NotoSans", StringComparison.Ordinal) ? 0 : name.StartsWith("Noto", StringComparison.Ordinal) ? 1 : 2;
        return Unfit.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) ? rank + 10 : rank;
    }

    static IEnumerable<string> Folders()
    {
        foreach (var folder
            in (Environment.GetEnvironmentVariable(Setting) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return folder;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        yield return "/usr/share/fonts";
        yield return "/usr/local/share/fonts";
        yield return Path.Combine(home, ".local", "share", "fonts");
        yield return Path.Combine(home, ".fonts");
        yield return "/System/Library/Fonts";
        yield return "/Library/Fonts";
        if (Environment.GetFolderPath(Environment.SpecialFolder.Fonts) is { Length: > 0 } fonts)
            yield return fonts;
    }
}
