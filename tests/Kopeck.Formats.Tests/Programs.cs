using Kopeck.Testing;

namespace Kopeck.Formats.Tests;

/// <summary>The programs of others that judge our files, installed when they are absent.</summary>
static class Programs
{
    public static ShellResult Hledger(string file, params string[] arguments) => Run("hledger", "hledger", [.. arguments, "-f", file]);

    public static ShellResult Xmllint(params string[] arguments) => Run("libxml2-utils", "xmllint", arguments);

    public static ShellResult Ofxdump(string file) => Run("ofx", "ofxdump", [file]);

    public static ShellResult Aqbanking(params string[] arguments) => Run("aqbanking-tools", "aqbanking-cli", arguments);

    public static ShellResult Pdftotext(params string[] arguments) => Run("poppler-utils", "pdftotext", arguments);

    public static ShellResult Pdftoppm(params string[] arguments) => Run("poppler-utils", "pdftoppm", arguments);

    public static ShellResult Pdfinfo(params string[] arguments) => Run("poppler-utils", "pdfinfo", arguments);

    /// <summary>The cells of a workbook as openpyxl reads them.</summary>
    public static ShellResult Openpyxl(string file)
    {
        const string Library = "/usr/lib/python3/dist-packages/openpyxl/__init__.py";
        Packages.Program("python3-openpyxl", () => File.Exists(Library) ? Library : null);
        var read = Run("python3", "python3", [Path.Combine(AppContext.BaseDirectory, "read_cells.py"), file]);
        Assert.True(read.ExitCode == 0, read.Errors);
        return read;
    }

    /// <summary>The second sheet of a workbook, its lines, as LibreOffice shows it, as CSV with its texts in quotes.</summary>
    public static string LibreOffice(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        // Separator, quote, UTF-8, from the first line, texts quoted, as shown, the second sheet, whose name the file bears.
        var read = Run(
            "libreoffice-calc", "soffice",
            [
                "--headless", $"-env:UserInstallation=file://{folder}/office", "--convert-to",
                "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,2", "--outdir", folder, file]);
        Assert.True(read.ExitCode == 0, read.Errors);
        return File.ReadAllText(Directory.GetFiles(folder, Path.GetFileNameWithoutExtension(file) + "-*.csv").Single());
    }

    static ShellResult Run(string package, string program, string[] arguments)
    {
        var path = "/usr/bin/" + program;
        // Names are in many alphabets: a program that reads them by the locale needs one that has them.
        return Shell.Try(
            Packages.Program(package, () => File.Exists(path) ? path : null), null, arguments, new Dictionary<string,
            string>(StringComparer.Ordinal)
            { ["LC_ALL"] = "C.UTF-8", ["TZ"] = "UTC" });
    }
}
