using System.IO.Compression;
using System.IO.Pipelines;
using System.Security;
using System.Text;
using Kopeck.Ledger;

namespace Kopeck.Statements.Writing;

/// <summary>
/// A workbook as Office Open XML (ECMA-376, ISO/IEC 29500), written sheet after sheet into a pipe: nothing but the row at hand is in
/// memory. The same rows give the same bytes: the files in the archive bear the instant of the pin.
/// </summary>
sealed class Workbook : IAsyncDisposable
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    static readonly DateTimeOffset FirstZipTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset LastZipTime = new(2107, 12, 31, 0, 0, 0, TimeSpan.Zero);

    readonly PipeWriter output;
    readonly ZipArchive archive;
    readonly DateTimeOffset made;
    readonly string datePattern;
    readonly List<Page> pages = [];
    Sheet? open;
    Page? current;

    /// <param name="datePattern">The order of a date's parts.</param>
    public Workbook(PipeWriter output, Instant made, string datePattern)
    {
        this.output = output;
        this.datePattern = datePattern;
        this.made = DateTimeOffset.UnixEpoch.AddTicks(made.Microseconds * TimeSpan.TicksPerMicrosecond);
        this.made = this.made < FirstZipTime ? FirstZipTime : this.made > LastZipTime ? LastZipTime : this.made;
        archive = new ZipArchive(new PipeStream(output), ZipArchiveMode.Create);
    }

    /// <summary>Begins a sheet, after the one before was ended.</summary>
    /// <param name="isFirst">Whether it stands before those that were written: what is known at the end may be the first to be
    /// read.</param>
    public Sheet Begin(SheetLayout layout, bool isFirst = false)
    {
        End();
        current = new Page(layout, isFirst ? 1 : pages.Count + 2);
        pages.Insert(isFirst ? 0 : pages.Count, current);
        open = new Sheet(Part($"xl/worksheets/sheet{current.Number}.xml"), layout);
        return open;
    }

    /// <summary>Sends what was written.</summary>
    public ValueTask SendAsync(CancellationToken cancellationToken)
    {
        open?.Flush();
        return output.SendAsync(cancellationToken);
    }

    /// <summary>Writes what ties the sheets together.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        End();
        Write("xl/styles.xml", SheetStyle.Xml(datePattern));
        var sheets =
            Each((page, place) => $"<sheet name=\"{SecurityElement.Escape(page.Layout.Name)}\" sheetId=\"{place}\" r:id=\"rId{place}\"/>");
        Write(
            "xl/workbook.xml",
            $"{Declaration}<workbook xmlns=\"{Main}\" xmlns:r=\"{Relationships}\"><sheets>{sheets}</sheets>{Names()}</workbook>");
        var parts = Each(
            (page, place) =>
                $"<Relationship Id=\"rId{place}\" Type=\"{Relationships}/worksheet\" Target=\"worksheets/sheet{page.Number}.xml\"/>");
        Write(
            "xl/_rels/workbook.xml.rels",
            $"{Declaration}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{parts}"
            + $"<Relationship Id=\"rId{pages.Count + 1}\" Type=\"{Relationships}/styles\" Target=\"styles.xml\"/></Relationships>");
        Write(
            "_rels/.rels",
            $"{Declaration}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relationships}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Write(
            "[Content_Types].xml",
            $"{Declaration}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{Each((page, _) => $"<Override PartName=\"/xl/worksheets/sheet{page.Number}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>")}<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>");
        archive.Dispose();
        await output.SendAsync(cancellationToken);
    }

    /// <summary>Gives up what is not finished.</summary>
    public ValueTask DisposeAsync()
    {
        End();
        archive.Dispose();
        return ValueTask.CompletedTask;
    }

    void End()
    {
        if (open is null)
            return;
        current!.Rows = open.Rows;
        open.Dispose();
        open = null;
    }

    string Each(Func<Page, int, string> write) => string.Concat(pages.Select((page, index) => write(page, index + 1)));

    /// <summary>What makes headings repeat on every printed page, and filters work.</summary>
    string Names()
    {
        var names =
            string.Concat(pages.Index().Where(page => page.Item.Layout.IsTable)
                .Select(page => (page.Index, page.Item, Sheet: Quote(page.Item.Layout.Name))).Select(page =>
            $"<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{page.Index}\" hidden=\"1\">{page.Sheet}!{Sheet.Range(page.Item.Layout, page.Item.Rows)}</definedName>"
            + $"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{page.Index}\">{page.Sheet}!$1:$1</definedName>"));
        return names.Length == 0 ? "" : $"<definedNames>{names}</definedNames>";
    }

    static string Quote(string sheet) => SecurityElement.Escape($"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'");

    sealed class Page(SheetLayout layout, int number)
    {
        public SheetLayout Layout => layout;

        /// <summary>Of its part.</summary>
        public int Number => number;

        public int Rows { get; set; }
    }

    void Write(string part, string text)
    {
        using var stream = Part(part);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    Stream Part(string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = made;
        return entry.Open();
    }
}
