using Kopeck.Testing;

namespace Kopeck.Formats.Tests;

/// <summary>A folder for the files of one test.</summary>
sealed class TestFolder : IDisposable
{
    public TestFolder() => Orphans.Folder(Path);

    public string Path { get; } = Directory.CreateTempSubdirectory("kopeck-formats-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public string Write(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File(name), bytes);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
