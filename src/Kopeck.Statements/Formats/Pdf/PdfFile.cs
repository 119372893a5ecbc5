using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>
/// A PDF 1.7 file (ISO 32000-1) as it is written: objects go out at once and only their places are kept. What is known at the end only (the
/// number of pages, the characters that were used) is in objects that are named before and written last.
/// </summary>
sealed class PdfFile : IDisposable
{
    readonly PipeStream stream;
    readonly List<long> places = [0];

    public PdfFile(PipeWriter output)
    {
        stream = new PipeStream(output);
        // Bytes above 127 in the second line say that the file is not text.
        stream.Write([.. "%PDF-1.7\n%"u8, 0xe2, 0xe3, 0xcf, 0xd3, (byte)'\n']);
    }

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        places.Add(0);
        return places.Count - 1;
    }

    public int Write(string content)
    {
        var number = Reserve();
        Write(number, content);
        return number;
    }

    public void Write(int number, string content)
    {
        places[number] = stream.Position;
        Raw(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n{content}\nendobj\n"));
    }

    public int WriteStream(string entries, ReadOnlySpan<byte> content)
    {
        var number = Reserve();
        WriteStream(number, entries, content);
        return number;
    }

    /// <summary>Writes a compressed stream.</summary>
    public void WriteStream(int number, string entries, ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        places[number] = stream.Position;
        Raw(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n<< {entries}/Filter /FlateDecode /Length {packed.Length} >>\nstream\n"));
        stream.Write(packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Raw("\nendstream\nendobj\n");
    }

    /// <summary>Writes the table of places and the trailer.</summary>
    public void Finish(int catalog, int information, string id)
    {
        var table = stream.Position;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {places.Count}\n0000000000 65535 f \n");
        foreach (var place in places.Skip(1))
            text.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {places.Count} /Root {catalog} 0 R /Info {information} 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{table}\n%%EOF\n");
        Raw(text.ToString());
    }

    /// <summary>A text string (ISO 32000-1, 7.9.2): UTF-16 with a byte order mark, in hexadecimal digits.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public void Dispose() => stream.Dispose();

    void Raw(string text) => stream.Write(Encoding.ASCII.GetBytes(text));
}
