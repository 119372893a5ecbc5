using System.Formats.Tar;
using Kopeck.Testing;

namespace Kopeck.Process.Tests.Release;

/// <summary>What engines find in an image's file, however small its root is.</summary>
public sealed class ImageNameTests
{
    static readonly string[] Names = ["kopeck:1.2.3", "kopeck:latest"];

    [Fact]
    public void Engines_old_and_new_load_it_under_its_version_and_as_the_latest()
    {
        using var folder = new Folder();
        var root = Path.Combine(folder.Path, "root");
        Directory.CreateDirectory(Path.Combine(root, "var", "lib", "kopeck"));
        var file = Path.Combine(folder.Path, "image.tar");
        Shell.Run("python3", Path.Combine(Shell.Repository, "tools", "release-image.py"), root, "1.2.3", file);
        var layout = Path.Combine(folder.Path, "layout");
        Directory.CreateDirectory(layout);
        TarFile.ExtractToDirectory(file, layout, overwriteFiles: false);

        var index = Artefacts.Json(Path.Combine(layout, "index.json"));
        var manifests = index.GetProperty("manifests").EnumerateArray().ToList();
        Assert.Single(manifests.Select(manifest => manifest.GetProperty("digest").GetString()).Distinct());
        Assert.Equal(
            Names, manifests.Select(manifest => manifest.GetProperty("annotations").GetProperty("io.containerd.image.name").GetString()));
        Assert.Equal(
            ["1.2.3", "latest"],
            manifests.Select(manifest => manifest.GetProperty("annotations").GetProperty("org.opencontainers.image.ref.name").GetString()));
        var old = Assert.Single(Artefacts.Json(Path.Combine(layout, "manifest.json")).EnumerateArray());
        Assert.Equal(Names, old.GetProperty("RepoTags").EnumerateArray().Select(name => name.GetString()));
        Assert.True(File.Exists(Path.Combine(layout, old.GetProperty("Config").GetString()!)));
    }

    // Nobody else's image of this name is fetched where it was not loaded.
    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.citus.yaml")]
    public void A_compose_file_takes_the_image_that_was_loaded_and_no_other(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Shell.Repository, "packaging", name));
        var images = lines.Index().Where(line => line.Item.StartsWith("    image: kopeck:", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, images.Count);
        Assert.All(images, image => Assert.Equal("    pull_policy: never", lines[image.Index + 1]));
    }
}
