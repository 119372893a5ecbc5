using System.IO.Compression;
using System.Xml.Linq;

namespace Kopeck.Testing;

/// <summary>A package as it is packed.</summary>
public static class PackedFile
{
    /// <summary>Holds a package to what its readers look for: what it is, how it is used, and the terms of what is in it.</summary>
    public static void AssertComplete(string path)
    {
        using var package = ZipFile.OpenRead(path);
        var names = package.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
        foreach (var file in new[] { "README.md", "LICENSE", "NOTICE", "icon.png" })
            Assert.True(names.Contains(file), $"{Path.GetFileName(path)} has no {file}");
        using var nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().First();
        var values = metadata.Elements().ToDictionary(element => element.Name.LocalName, element => element.Value, StringComparer.Ordinal);
        Assert.NotEqual("Package Description", values["description"]);
        Assert.Equal(("README.md", "MIT", "icon.png"), (values["readme"], values["license"], values["icon"]));
        Assert.NotEqual("", values["projectUrl"]);
        Assert.Contains(metadata.Elements(), element => element.Name.LocalName == "repository" && element.Attribute("url") is not null);
        Assert.True(File.Exists(Path.ChangeExtension(path, ".snupkg")), $"{Path.GetFileName(path)} has no symbols");
    }
}
