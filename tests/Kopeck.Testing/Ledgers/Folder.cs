namespace Kopeck.Testing;

/// <summary>A temporary folder, optionally on a small file system of its own.</summary>
public sealed class Folder : ILedgerPlace, IDisposable
{
    readonly bool isMounted;

    public Folder(string? size = null)
    {
        Path = Directory.CreateTempSubdirectory("kopeck-process-").FullName;
        if (size is null)
            return;
        Shell.Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Path);
        isMounted = true;
    }

    public string Path { get; }

    public string Setting => "sqlite:" + Database;

    public string Keys => Path;

    /// <summary>The file.</summary>
    public string Database => System.IO.Path.Combine(Path, "kopeck.db");

    public void Dispose()
    {
        if (isMounted)
            Shell.Run("umount", "-l", Path);
        Directory.Delete(Path, recursive: true);
    }
}
