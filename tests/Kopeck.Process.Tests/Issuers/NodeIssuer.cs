using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kopeck.Testing;

namespace Kopeck.Process.Tests.Issuers;

/// <summary>An OpenID provider that is not ours: node-oidc-provider of npm, in a process of its own.</summary>
sealed class NodeIssuer : IDisposable
{
    // Pinned, so that what passes today passes tomorrow.
    const string Package = "oidc-provider@9.13.3";
    const string Node = "/usr/bin/node";

    static readonly string[] NpmPlaces = ["/usr/bin/npm", "/usr/local/bin/npm"];
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static readonly Lazy<string> Folder = new(Install);

    readonly System.Diagnostics.Process process;
    readonly HttpClient client = new();

    NodeIssuer(System.Diagnostics.Process process, string name) => (this.process, Name) = (process, name);

    /// <summary>Its name, which is its address.</summary>
    public string Name { get; }

    public static async Task<NodeIssuer> StartAsync()
    {
        var folder = Folder.Value;
        var node = Shell.Start(Node, [Path.Combine(AppContext.BaseDirectory, "Issuers", "issuer.mjs"), folder]);
        Orphans.Process(node.Id);
        var errors = new StringBuilder();
        node.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        node.BeginErrorReadLine();
        var name = await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
        return new NodeIssuer(node, name ?? throw new InvalidOperationException($"the issuer ended: {errors}"));
    }

    /// <summary>A token of a client's own (RFC 6749, section 4.4) for an audience (RFC 8707).</summary>
    public async Task<string> TokenAsync(string name, string audience)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Name + "/token");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{name}:{name}-secret-of-the-test")));
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("resource", audience)]);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["access_token"]!.GetValue<string>();
    }

    public void Dispose()
    {
        client.Dispose();
        process.Kill();
        process.WaitForExit();
        Orphans.Ended(process.Id);
        process.Dispose();
    }

    static string Install()
    {
        var npm = NpmPlaces.FirstOrDefault(File.Exists)
            ?? Packages.Program("npm", () => File.Exists("/usr/bin/npm") ? "/usr/bin/npm" : null);
        var folder = Directory.CreateTempSubdirectory("kopeck-issuer-npm-").FullName;
        Orphans.Folder(folder);
        File.WriteAllText(Path.Combine(folder, "package.json"), "{}");
        var said = Shell.Try(npm, null, ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", Package]);
        Assert.True(said.ExitCode == 0, $"npm could not install {Package}: {said.Errors}");
        return folder;
    }
}
