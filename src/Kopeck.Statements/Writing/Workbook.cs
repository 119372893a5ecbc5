using System.IO.Compression;
using System.IO.Pipelines;
using System.Security;
using System.Text;
using Kopeck.Ledger;

namespace Kopeck.Statements.Writing;

/// <summary>
/// A workbook as Office Open XML (ECMA-376, ISO/IEC 29500), written sheet after sheet into a pipe: nothing but the row at hand is in memory.
/// The same rows give the same bytes: the files in the archive bear the instant of the pin.
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
    readonly List<string> names = [];
    Sheet? open;

    public Workbook(PipeWriter output, Instant made)
    {
        this.output = output;
        this.made = DateTimeOffset.UnixEpoch.AddTicks(made.Microseconds * TimeSpan.TicksPerMicrosecond);
        this.made = this.made < FirstZipTime ? FirstZipTime : this.made > LastZipTime ? LastZipTime : this.made;
        archive = new ZipArchive(new PipeStream(output), ZipArchiveMode.Create);
    }

    /// <summary>Begins a sheet, after the one before was ended. Its first row is frozen.</summary>
    /// <param name="widths">Of the columns, in characters.</param>
    public Sheet Begin(string name, IReadOnlyList<int> widths)
    {
        End();
        names.Add(name);
        open = new Sheet(Part($"xl/worksheets/sheet{names.Count}.xml"), widths);
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
        Write("xl/styles.xml", SheetStyle.Xml);
        Write("xl/workbook.xml", $"{Declaration}<workbook xmlns=\"{Main}\" xmlns:r=\"{Relationships}\"><sheets>{Each((name, number) => $"<sheet name=\"{SecurityElement.Escape(name)}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>")}</sheets></workbook>");
        Write("xl/_rels/workbook.xml.rels", $"{Declaration}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{Each((_, number) => $"<Relationship Id=\"rId{number}\" Type=\"{Relationships}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>")}<Relationship Id=\"rId{names.Count + 1}\" Type=\"{Relationships}/styles\" Target=\"styles.xml\"/></Relationships>");
        Write("_rels/.rels", $"{Declaration}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relationships}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Write("[Content_Types].xml", $"{Declaration}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{Each((_, number) => $"<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>")}<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>");
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
        open?.Dispose();
        open = null;
    }

    string Each(Func<string, int, string> write) => string.Concat(names.Select((name, index) => write(name, index + 1)));

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
