using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>
/// A PDF 1.7 file (ISO 32000-1) as it is written: objects go out at once and only their places are kept. What is known at the end only (the
/// number of pages, the characters that were used) is in objects that are named before and written last. Small objects are packed together.
/// </summary>
sealed class PdfFile : IDisposable
{
    const int MaxPacked = 200;
    const int PlaceBytes = 5;

    readonly PipeStream stream;
    readonly List<long> places = [0];
    readonly StringBuilder packedNumbers = new();
    readonly StringBuilder packed = new();
    int packedCount;
    int pack;

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

    /// <summary>Writes an object together with others, compressed (7.5.7).</summary>
    public void Pack(int number, string content)
    {
        if (packedCount == 0)
            pack = Reserve();
        // A place below zero is one in a pack.
        places[number] = -(((long)pack << 16) | (uint)packedCount);
        packedNumbers.Append(CultureInfo.InvariantCulture, $"{number} {packed.Length} ");
        packed.Append(content).Append('\n');
        if (++packedCount == MaxPacked)
            Unload();
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
        using var small = new MemoryStream();
        using (var zlib = new ZLibStream(small, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        places[number] = stream.Position;
        Raw(
            string.Create(
                CultureInfo.InvariantCulture, $"{number} 0 obj\n<< {entries}/Filter /FlateDecode /Length {small.Length} >>\nstream\n"));
        stream.Write(small.GetBuffer().AsSpan(0, (int)small.Length));
        Raw("\nendstream\nendobj\n");
    }

    /// <summary>Writes a stream that programs find without unpacking.</summary>
    public int WritePlainStream(string entries, ReadOnlySpan<byte> content)
    {
        var number = Reserve();
        places[number] = stream.Position;
        Raw(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n<< {entries}/Length {content.Length} >>\nstream\n"));
        stream.Write(content);
        Raw("\nendstream\nendobj\n");
        return number;
    }

    /// <summary>Writes the table of places (7.5.8) and where it is.</summary>
    public void Finish(int catalog, int information, string id)
    {
        Unload();
        var number = Reserve();
        var table = places[number] = stream.Position;
        var rows = new byte[places.Count * (1 + PlaceBytes + 2)];
        for (var index = 1; index < places.Count; index++)
            Row(rows.AsSpan(index * (1 + PlaceBytes + 2)), places[index]);
        BinaryPrimitives.WriteUInt16BigEndian(rows.AsSpan(1 + PlaceBytes), 0xffff);
        WriteStream(
            number,
            string.Create(
                CultureInfo.InvariantCulture,
                $"/Type /XRef /Size {places.Count} /W [1 {PlaceBytes} 2] /Root {catalog} 0 R /Info {information} 0 R /ID [<{id}> <{id}>] "),
            rows);
        Raw(string.Create(CultureInfo.InvariantCulture, $"startxref\n{table}\n%%EOF\n"));
    }

    /// <summary>A text string (ISO 32000-1, 7.9.2): UTF-16 with a byte order mark, in hexadecimal digits.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public void Dispose() => stream.Dispose();

    void Unload()
    {
        if (packedCount == 0)
            return;
        var first = packedNumbers.Length;
        var content = packedNumbers.Append(packed).ToString();
        WriteStream(
            pack, string.Create(CultureInfo.InvariantCulture, $"/Type /ObjStm /N {packedCount} /First {first} "),
            Encoding.ASCII.GetBytes(content));
        packedNumbers.Clear();
        packed.Clear();
        packedCount = 0;
    }

    static void Row(Span<byte> row, long place)
    {
        row[0] = (byte)(place < 0 ? 2 : 1);
        var value = place < 0 ? -place >> 16 : place;
        for (var index = PlaceBytes; index > 0; index--, value >>= 8)
            row[index] = (byte)(value & 0xff);
        if (place < 0)
            BinaryPrimitives.WriteUInt16BigEndian(row[(1 + PlaceBytes)..], (ushort)(-place & 0xffff));
    }

    void Raw(string text) => stream.Write(Encoding.ASCII.GetBytes(text));
}
