namespace Kopeck.House.Tests;

/// <summary>The repository's files, as they are in the work tree.</summary>
static class Tree
{
    static readonly string[] Passed = ["/bin/", "/obj/", "/node_modules/", "/.git/"];

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The C# files below folders, with paths from the root.</summary>
    public static IEnumerable<string> Sources(params string[] folders) => Files("*.cs", folders);

    /// <summary>The files of a pattern below folders, with paths from the root.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folders) => folders
        .Select(folder => Path.Combine(Root, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !Passed.Any(("/" + path).Contains))
        .Order(StringComparer.Ordinal);

    /// <summary>A file's lines.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>The projects of the product.</summary>
    public static IEnumerable<string> Projects =>
        Directory.GetDirectories(Path.Combine(Root, "src")).Select(folder => Path.GetFileName(folder)!)
            .Where(name => File.Exists(Path.Combine(Root, "src", name, name + ".csproj"))).Order(StringComparer.Ordinal);
}
