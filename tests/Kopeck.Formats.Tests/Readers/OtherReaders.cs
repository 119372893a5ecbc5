using Kopeck.Testing;

namespace Kopeck.Formats.Tests.Readers;

/// <summary>Libraries and programs of others, installed when they are absent: what they find in a file, a line a movement.</summary>
static class OtherReaders
{
    const string Node = "/usr/bin/node";

    // Pinned, so that what passes today passes tomorrow; tslib is what mt940-js forgot to name.
    static readonly string[] Npm =
        ["camt-parser@1", "iso20022.js@0.0.15", "mt940-js@1.0.0", "tslib@2", "mt940js@1.3.5", "ofx-js@1.1.1", "node-ofx-parser@0.5.1"];

    static readonly string[] NpmPlaces = ["/usr/bin/npm", "/usr/local/bin/npm"];

    static readonly Lazy<string> NpmFolder = new(InstallNpm);

    /// <summary>By a library of npm.</summary>
    public static IReadOnlyList<string> ByNpm(string library, string file) =>
        Lines(
            Shell.Try(Node, null, Path.Combine(AppContext.BaseDirectory, "Readers", "read_npm.mjs"), library, NpmFolder.Value, file),
            $"{library} of npm");

    /// <summary>By a library of Python that Debian has.</summary>
    public static IReadOnlyList<string> ByPython(string package, string library, string file, params string[] more)
    {
        Packages.Program(
            package, () => Shell.Try("/usr/bin/python3", null, "-c", $"import {library}").ExitCode == 0 ? "/usr/bin/python3" : null);
        return Script(library, file, more);
    }

    /// <summary>
    /// By GnuCash's importer, file after file into one new book, its windows on a screen of memory: the movements and the balance of each.
    /// </summary>
    public static IReadOnlyList<string> ByGnuCash(TestFolder folder, string account, string currency, params string[] files)
    {
        foreach (var (package, program) in new[] { ("gnucash", "gnucash"), ("xauth", "xauth"), ("xvfb", "xvfb-run") })
            Packages.Program(package, () => File.Exists("/usr/bin/" + program) ? program : null);
        foreach (var (package, import) in new[]
        {
            ("python3-gnucash", "import gnucash"), ("python3-gi", "import gi"),
            ("gir1.2-gtk-3.0", "import gi; gi.require_version('Gtk', '3.0'); from gi.repository import Gtk"),
        })
            Packages.Program(package, () => Shell.Try("/usr/bin/python3", null, "-c", import).ExitCode == 0 ? import : null);
        return Lines(
            Shell.Try(
                "/usr/bin/xvfb-run", null,
                [
                    "-a", "/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "Readers", "read_gnucash.py"),
                    "xml://" + folder.File("book.gnucash"), account, currency, .. files],
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["LC_ALL"] = "C.UTF-8",
                    ["TZ"] = "UTC",
                    ["GSETTINGS_BACKEND"] = "memory",
                    ["HOME"] = folder.Path,
                }),
            "GnuCash");
    }

    /// <summary>The first sheet of a workbook.</summary>
    public static IReadOnlyList<string> Cells(string file)
    {
        Packages.Program(
            "python3-openpyxl",
            () => Shell.Try("/usr/bin/python3", null, "-c", "import openpyxl").ExitCode == 0 ? "/usr/bin/python3" : null);
        return Script("cells", file);
    }

    public static ShellResult Program(string package, string program, params string[] arguments)
    {
        var path = "/usr/bin/" + program;
        return Shell.Try(
            Packages.Program(package, () => File.Exists(path) ? path : null), null, arguments,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C.UTF-8", ["TZ"] = "UTC" });
    }

    static IReadOnlyList<string> Script(string library, string file, params string[] more) =>
        Lines(
            Shell.Try(
                "/usr/bin/python3", null, [Path.Combine(AppContext.BaseDirectory, "Readers", "read_python.py"), library, file, .. more]),
            library);

    static IReadOnlyList<string> Lines(ShellResult read, string by)
    {
        Assert.True(read.ExitCode == 0, $"{by}: {read.Errors}");
        return read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    static string InstallNpm()
    {
        var npm = NpmPlaces.FirstOrDefault(File.Exists)
            ?? Packages.Program("npm", () => File.Exists("/usr/bin/npm") ? "/usr/bin/npm" : null);
        var folder = Directory.CreateTempSubdirectory("kopeck-formats-npm-").FullName;
        Orphans.Folder(folder);
        File.WriteAllText(Path.Combine(folder, "package.json"), "{}");
        var said = Shell.Try(npm, null, ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", .. Npm]);
        Assert.True(said.ExitCode == 0, $"npm could not install the readers {string.Join(", ", Npm)}: {said.Errors}");
        return folder;
    }
}
