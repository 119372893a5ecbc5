using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kopeck.Testing;

namespace Kopeck.Console.Tests;

/// <summary>The committed bundle is that of the sources, small, and served under a strict policy.</summary>
public sealed class BundleTests(Books books)
{
    const int MostBytes = 300 * 1024;

    static readonly string Root = Shell.Repository;
    static readonly string Dist = Path.Combine(Root, "src", "Kopeck.Console", "dist");
    static readonly string[] Single = ["build.mjs", "package-lock.json", "tsconfig.json"];

    [Fact]
    public void The_bundle_is_that_of_the_sources()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Dist, "manifest.json")));
        Assert.True(
            manifest.RootElement.GetProperty("sources").GetString() == SourcesDigest(),
            "The console's sources changed: run `npm ci && npm run build` in src/Kopeck.Console and commit dist");
        foreach (var file in manifest.RootElement.GetProperty("files").EnumerateObject())
            Assert.True(
                file.Value.GetString() == Digest(File.ReadAllBytes(Path.Combine(Dist, file.Name))), $"{file.Name} is not the built one");
        Assert.Equal(
            manifest.RootElement.GetProperty("files").EnumerateObject().Select(file => file.Name).Append("manifest.json")
                .Order(StringComparer.Ordinal),
            Directory.GetFiles(Dist).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_is_at_most_300_KB_compressed_and_nothing_in_it_is_inline_or_from_elsewhere()
    {
        var book = await books.OfAsync(StorageEngine.Sqlite);
        using var client = new HttpClient(
            new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, AllowAutoRedirect = false });
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        var all = 0;
        foreach (var name in new[] { "", "console.js", "style.css", "icon.svg" })
        {
            using var answer = await client.GetAsync($"{book.Server.Url}/console/{name}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("gzip", answer.Content.Headers.ContentEncoding.Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            all += bytes.Length;
            await using var unzipped = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var reader = new StreamReader(unzipped);
            var built = Path.Combine(Dist, name.Length == 0 ? "index.html" : name);
            Assert.Equal(await reader.ReadToEndAsync(), await File.ReadAllTextAsync(built));
            using var again = new HttpRequestMessage(HttpMethod.Get, $"{book.Server.Url}/console/{name}");
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var same = await client.SendAsync(again);
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        }

        Assert.InRange(all, 1, MostBytes);
        using var bare = await client.GetAsync(book.Server.Url + "/console");
        Assert.Equal("console/", bare.Headers.Location!.OriginalString);
        using var missing = await client.GetAsync(book.Server.Url + "/console/manifest.json");
        Assert.Equal(HttpStatusCode.Unauthorized, missing.StatusCode);
    }

    [Fact]
    public async Task Off_is_off()
    {
        using var place = new Folder();
        await using var server = await Server.StartAsync(place, variables: new Dictionary<string, string> { ["KOPECK_CONSOLE"] = "off" });
        Assert.Equal(404, (await server.GetAsync("/console/")).Status);
        Assert.Equal(404, (await server.GetAsync("/console/console.js")).Status);
        Assert.DoesNotContain("/console/", server.Log, StringComparison.Ordinal);
        var wrong = Shell.Try(Shell.Kopeck, null, ["serve"], new Dictionary<string, string> { ["KOPECK_CONSOLE"] = "perhaps" });
        Assert.Equal((2, true), (wrong.ExitCode, wrong.Errors.Contains("use on or off", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_part_that_is_shipped_is_named_in_the_notice()
    {
        var notice = File.ReadAllText(Path.Combine(Root, "NOTICE"));
        foreach (var part in new[] { "Lit", "uPlot" })
            Assert.Contains(part, notice, StringComparison.Ordinal);
    }

    // As build.mjs does it.
    static string SourcesDigest()
    {
        var console = Path.Combine(Root, "src", "Kopeck.Console");
        var paths = new[] { Path.Combine(console, "src"), Path.Combine(Root, "clients", "typescript", "src") }
            .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(Single.Select(name => Path.Combine(console, name)))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal);
        var lines = string.Concat(paths.Select(path => $"{Digest(File.ReadAllBytes(Path.Combine(Root, path)))}  {path}\n"));
        return Digest(Encoding.UTF8.GetBytes(lines));
    }

    static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
