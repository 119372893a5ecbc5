using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Kopeck.Testing;

namespace Kopeck.Process.Tests.Release;

/// <summary>
/// All that tools/release makes for this machine, made once for the tests that try it; or what KOPECK_TEST_RELEASE names, a folder that it
/// made before.
/// </summary>
public sealed class Artefacts : IDisposable
{
    static readonly string? Made = Environment.GetEnvironmentVariable("KOPECK_TEST_RELEASE");

    public Artefacts()
    {
        if (!IsWanted)
            return;
        Path = Directory.CreateTempSubdirectory("kopeck-release-").FullName;
        Orphans.Folder(Path);
        // Unprivileged users of the tests read it.
        Shell.Run("chmod", "755", Path);
        Files = Made is { Length: > 0 } ? Made : Make();
        Number = System.IO.Path.GetFileName(Archive)["kopeck-".Length..^"-linux-x64.tar.gz".Length];
    }

    /// <summary>All is built once more for them, which takes minutes: the long form, unless they are there already.</summary>
    public static bool IsWanted { get; } = TestSeed.Scale > 1 || !string.IsNullOrEmpty(Made);

    /// <summary>Where the tests work.</summary>
    public string Path { get; } = "";

    /// <summary>The folder of the artefacts.</summary>
    public string Files { get; } = "";

    public string Archive => Named("kopeck-*-linux-x64.tar.gz");

    public string Package => Named("kopeck_*_amd64.deb");

    public string Image => Named("kopeck-*-linux-x64.oci.tar");

    public string PartList => Named("kopeck-*.cdx.json");

    /// <summary>The version.</summary>
    public string Number { get; } = "";

    /// <summary>The archive, unpacked; the program in it.</summary>
    public string UnpackBinary()
    {
        var folder = System.IO.Path.Combine(Path, "binary");
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            Shell.Run("tar", "-xzf", Archive, "-C", folder);
        }

        return System.IO.Path.Combine(folder, $"kopeck-{Number}-linux-x64", "kopeck");
    }

    /// <summary>The image's root, unpacked as an engine does it, and what the image says of how it is run.</summary>
    public (string Root, JsonElement Config) UnpackImage()
    {
        var layout = System.IO.Path.Combine(Path, "layout");
        var root = System.IO.Path.Combine(Path, "root");
        var isUnpacked = Directory.Exists(layout);
        if (!isUnpacked)
        {
            Directory.CreateDirectory(layout);
            TarFile.ExtractToDirectory(Image, layout, overwriteFiles: false);
        }

        var manifest = Blob(layout, Json(System.IO.Path.Combine(layout, "index.json")).GetProperty("manifests")[0]);
        var config = Blob(layout, Json(manifest).GetProperty("config"));
        if (!isUnpacked)
        {
            Directory.CreateDirectory(root);
            foreach (var layer in Json(manifest).GetProperty("layers").EnumerateArray())
            {
                using var packed = new GZipStream(File.OpenRead(Blob(layout, layer)), CompressionMode.Decompress);
                // With owners and modes, as an engine lays it out.
                var tar = System.IO.Path.Combine(Path, "layer.tar");
                using (var file = File.Create(tar))
                    packed.CopyTo(file);
                Shell.Run("tar", "-xpf", tar, "--numeric-owner", "-C", root);
            }
        }

        return (root, Json(config).GetProperty("config"));
    }

    public void Dispose()
    {
        if (Path.Length > 0)
            Shell.Run("rm", "-rf", "--one-file-system", Path);
    }

    public static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(file)).RootElement;

    // A blob is where its digest says, and is what its digest says.
    static string Blob(string layout, JsonElement descriptor)
    {
        var digest = descriptor.GetProperty("digest").GetString()!.Split(':')[1];
        var file = System.IO.Path.Combine(layout, "blobs", "sha256", digest);
        Assert.Equal(digest, Shell.Try("sha256sum", null, file).Output.Split(' ')[0]);
        Assert.Equal(descriptor.GetProperty("size").GetInt64(), new FileInfo(file).Length);
        return file;
    }

    string Make()
    {
        var files = System.IO.Path.Combine(Path, "files");
        var made = Shell.Try(
            System.IO.Path.Combine(Shell.Repository, "tools", "release"), null, "--output", files, "--rid", "linux-x64");
        Assert.True(made.ExitCode == 0, made.Output + made.Errors);
        return files;
    }

    string Named(string pattern) => Assert.Single(Directory.GetFiles(Files, pattern));
}
