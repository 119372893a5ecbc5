using System.IO.Compression;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// A feed in a zip file, as the European Central Bank publishes its CSV: one file, of a size that is counted while it is read.
/// </summary>
static class ZippedFeed
{
    /// <summary>More than this a feed does not unpack to.</summary>
    public const int MaxBytes = 32 << 20;

    const int MaxEntries = 16;
    const string Place = "zip file";

    /// <summary>Whether it begins as a zip file does; the second form has no files.</summary>
    public static bool IsZip(ReadOnlySpan<byte> content) =>
        content.StartsWith("PK\u0003\u0004"u8) || content.StartsWith("PK\u0005\u0006"u8);

    public static FieldError? Unpack(ReadOnlyMemory<byte> content, out ReadOnlyMemory<byte> feed)
    {
        feed = default;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content.ToArray(), writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MaxEntries)
                return FeedErrors.Malformed(Place, $"{archive.Entries.Count} files where one is expected");
            var files = archive.Entries.Where(entry => !entry.FullName.EndsWith('/')).ToList();
            if (files is not [var file])
                return FeedErrors.Malformed(Place, $"{files.Count} files where one is expected");
            using var stream = file.Open();
            return Read(stream, out feed);
        }
        catch (Exception exception) when (exception
            is InvalidDataException or NotSupportedException or EndOfStreamException or IOException or OverflowException)
        {
            return FeedErrors.Malformed(Place, "damaged, or packed in a way that cannot be read");
        }
    }

    /// <summary>What the file says of its size is not believed.</summary>
    static FieldError? Read(Stream stream, out ReadOnlyMemory<byte> feed)
    {
        feed = default;
        using var unpacked = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (stream.Read(buffer) is var count and > 0)
        {
            if (unpacked.Length + count > MaxBytes)
                return FeedErrors.Malformed(Place, $"it unpacks to more than {MaxBytes >> 20} MiB");
            unpacked.Write(buffer, 0, count);
        }

        feed = unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
        return null;
    }
}
