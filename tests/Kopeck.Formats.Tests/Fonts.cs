using Kopeck.Testing;

[assembly: AssemblyFixture(typeof(Kopeck.Formats.Tests.Fonts))]

namespace Kopeck.Formats.Tests;

/// <summary>The fonts that pages are drawn with, there before the first page: a process looks once which the machine has.</summary>
public sealed class Fonts
{
    /// <summary>Installs those that are missing.</summary>
    public Fonts()
    {
        Packages.Program("fonts-noto-core", () => Found("/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf"));
        Packages.Program("fonts-noto-cjk", () => Found("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"));
    }

    static string? Found(string path) => File.Exists(path) ? path : null;
}
