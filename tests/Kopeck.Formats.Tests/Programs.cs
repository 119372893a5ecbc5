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

    static ShellResult Run(string package, string program, string[] arguments)
    {
        var path = "/usr/bin/" + program;
        // Names are in many alphabets: a program that reads them by the locale needs one that has them.
        return Shell.Try(Packages.Program(package, () => File.Exists(path) ? path : null), null, arguments, new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C.UTF-8", ["TZ"] = "UTC" });
    }
}
