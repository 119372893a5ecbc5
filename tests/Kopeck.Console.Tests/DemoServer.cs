using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Kopeck.Testing;

namespace Kopeck.Console.Tests;

/// <summary><c>kopeck serve --demo</c> as anybody starts it; address and key are those that it prints.</summary>
sealed partial class DemoServer : IAsyncDisposable
{
    readonly Process process;
    readonly HttpClient client = new();

    DemoServer(Process process, string url, string key)
    {
        (this.process, Url, Key) = (process, url, key);
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    public string Url { get; }

    public string Key { get; }

    public static async Task<DemoServer> StartAsync(ILedgerPlace place)
    {
        var started = Shell.Start(
            Shell.Kopeck, ["serve", "--demo", "--http", "http://127.0.0.1:0", "--grpc", "none"],
            new Dictionary<string, string> { ["KOPECK_DATABASE"] = place.Setting, ["KOPECK_KEYS"] = place.Keys });
        Orphans.Process(started.Id);
        started.ErrorDataReceived += (_, _) => { };
        started.BeginErrorReadLine();
        string? url = null;
        while (await started.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2)) is { } line)
        {
            url = Console().Match(line) is { Success: true } found ? found.Groups["url"].Value : url;
            if (KeyLine().Match(line) is { Success: true } key)
                return new DemoServer(started, url!, key.Groups["key"].Value);
        }

        throw new InvalidOperationException($"the demo ended with {started.ExitCode} before it served");
    }

    public async Task<Reply> GetAsync(string path)
    {
        using var answer = await client.GetAsync(Url + path);
        return new Reply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), false);
    }

    public async Task PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(Url + path, content);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        Orphans.Ended(process.Id);
        process.Dispose();
    }

    [GeneratedRegex(@"^\s+console\s+(?<url>http://\S+)/console/$", RegexOptions.ExplicitCapture)]
    private static partial Regex Console();

    [GeneratedRegex(@"^\s+the demo's key (?<key>kopeck_\S+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex KeyLine();
}
