using Kopeck.Testing;

namespace Kopeck.Statements.Tests;

/// <summary>PDF, read by poppler.</summary>
static class Pdf
{
    const string Program = "/usr/bin/pdftotext";

    /// <summary>The text of all pages, and the title.</summary>
    public static string Text(byte[] pdf)
    {
        using var folder = new Folder();
        var (file, text) = (Path.Combine(folder.Path, "in.pdf"), Path.Combine(folder.Path, "out.html"));
        File.WriteAllBytes(file, pdf);
        // With the document's information, which has names, too.
        Shell.Run(Packages.Program("poppler-utils", () => File.Exists(Program) ? Program : null), "-htmlmeta", "-enc", "UTF-8", file, text);
        return File.ReadAllText(text);
    }
}
