using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kopeck.Server.Tests;

/// <summary>What the dashboard and the alert rules ask for is there, and the metrics are of Prometheus' form.</summary>
public sealed partial class MonitoringTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    static readonly string Packaging = Path.Combine(
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.Parent!.FullName, "packaging");

    [Fact]
    public async Task Each_metric_of_the_dashboard_and_the_rules_is_told()
    {
        var text = await ScrapeAsync();
        var told = Declared().Matches(text).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var dashboard = JsonDocument.Parse(await ReadAsync("grafana", "kopeck.json")).RootElement;
        var asked = dashboard.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)
            .Append(await ReadAsync("prometheus", "kopeck.rules.yml"))
            .SelectMany(expression => Name().Matches(expression).Select(match => match.Value))
            .Select(name => Suffix().Replace(name, ""))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.True(asked.Count > 10);
        Assert.Empty(asked.Except(told, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_histogram_rises_to_its_count_and_seconds_are_decimals()
    {
        (await server.GetAsync("/v1/book")).MustBe(200);
        var text = await ScrapeAsync();
        const string labels = "http_request_method=\"GET\",http_route=\"/v1/book\",http_response_status_code=\"200\"";
        var buckets = text.Split('\n')
            .Where(line => line.StartsWith("http_server_request_duration_seconds_bucket{" + labels, StringComparison.Ordinal))
            .Select(line => (End: End().Match(line).Groups[1].Value, Count: long.Parse(line.Split(' ')[1], null))).ToList();
        Assert.Equal(
            ["0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1", "2.5", "5", "7.5", "10", "+Inf"],
            buckets.Select(bucket => bucket.End));
        Assert.Equal(buckets.Select(bucket => bucket.Count).Order(), buckets.Select(bucket => bucket.Count));
        Assert.Contains($"http_server_request_duration_seconds_count{{{labels}}} {buckets[^1].Count}\n", text, StringComparison.Ordinal);
        Assert.Matches($"http_server_request_duration_seconds_sum{{{Regex.Escape(labels)}}} [0-9]+(\\.[0-9]+)?\n", text);
        Assert.All(
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches("^(# (HELP|TYPE) .+|[a-z_]+({.+})? [0-9.]+)$", line));
    }

    async Task<string> ScrapeAsync()
    {
        (await server.GetAsync("/v1/nowhere")).MustBe(404);
        return (await server.SendAsync("GET", "/metrics", null, null)).MustBe(200).Text;
    }

    static Task<string> ReadAsync(string folder, string file) =>
        File.ReadAllTextAsync(Path.Combine(Packaging, folder, file), TestContext.Current.CancellationToken);

    [GeneratedRegex("^# TYPE ([a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex("\\b(kopeck|http_server|rpc_server|process|dotnet)_[a-z_]+")]
    private static partial Regex Name();

    [GeneratedRegex("(?<=_seconds)_(bucket|count|sum)$")]
    private static partial Regex Suffix();

    [GeneratedRegex("le=\"([^\"]+)\"")]
    private static partial Regex End();
}
