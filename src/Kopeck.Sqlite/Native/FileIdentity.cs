using System.Runtime.InteropServices;
using System.Text;

namespace Kopeck.Sqlite.Native;

/// <summary>
/// What a path leads to now: which file, how large, when changed, whether anybody may write it, how many names it has, and whether it is a
/// file at all: not a folder, a device or a pipe.
/// <c>default</c> is no file.
/// </summary>
readonly partial record struct FileIdentity(ulong Device, ulong Inode, ulong Size, long ChangedAt, bool IsWritable, uint Names, bool IsFile)
{
    const int AtWorkingDirectory = -100;
    const uint BasicFields = 0x7ff;
    const int AnyWriteBit = 0b010_010_010;
    const int TypeBits = 0xF000;
    const int RegularFile = 0x8000;

    public bool Exists => Inode != 0;

    public bool IsSameFile(FileIdentity other) => Device == other.Device && Inode == other.Inode;

    /// <summary>Looks at a path. Where inodes cannot be asked for, the time of making the file stands in.</summary>
    public static unsafe FileIdentity Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return OfPortable(path);
        var buffer = stackalloc byte[256];
        var name = Encoding.UTF8.GetBytes(path + "\0");
        fixed (byte* namePointer = name)
        {
            if (Statx(AtWorkingDirectory, namePointer, 0, BasicFields, buffer) != 0)
                return default;
        }

        // struct statx: stx_nlink at 16, stx_mode at 28, stx_ino at 32, stx_size at 40, stx_mtime at 112, stx_dev at 136 (linux/stat.h).
        var mode = *(ushort*)(buffer + 28);
        var device = ((ulong)*(uint*)(buffer + 136) << 32) | *(uint*)(buffer + 140);
        var changedAt = unchecked(*(long*)(buffer + 112) * 1_000_000_000 + *(uint*)(buffer + 120));
        return new FileIdentity(
            device, *(ulong*)(buffer + 32), *(ulong*)(buffer + 40), changedAt, (mode & AnyWriteBit) != 0, *(uint*)(buffer + 16),
            (mode & TypeBits) == RegularFile);
    }

    static FileIdentity OfPortable(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists)
            return new FileIdentity(
                0, (ulong)file.CreationTimeUtc.Ticks, (ulong)file.Length, file.LastWriteTimeUtc.Ticks, !file.IsReadOnly, 1, IsFile: true);
        return Directory.Exists(path) ? new FileIdentity(0, 1, 0, 0, false, 1, IsFile: false) : default;
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static unsafe partial int Statx(int directory, byte* path, int flags, uint mask, byte* buffer);
}
