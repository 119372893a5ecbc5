using System.Runtime.InteropServices;
using System.Text;

namespace Kopeck.Engine.Storage;

/// <summary>Makes durable that a file was renamed: its new name stands in its folder, which is written by itself.</summary>
public static class DurableFolder
{
    const int ReadOnly = 0;

    /// <summary>Writes the folder of a file to disk, where the system can be asked to.</summary>
    /// <param name="file">The file that was renamed or made.</param>
    public static void Sync(string file)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var descriptor = Open(Encoding.UTF8.GetBytes(folder + "\0"), ReadOnly);
        if (descriptor < 0)
            return;
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    static extern int Close(int descriptor);
}
