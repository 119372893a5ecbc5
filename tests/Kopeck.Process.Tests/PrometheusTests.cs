using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>The dashboard and the alert rules of packaging, by Prometheus itself on a server that it scrapes.</summary>
public sealed partial class PrometheusTests
{
    const string Rules = "packaging/prometheus/kopeck.rules.yml";
    const string Dashboard = "packaging/grafana/kopeck.json";

    [Fact]
    public async Task Every_expression_of_the_dashboard_and_the_rules_is_answered_from_a_real_scrape()
    {
        var promtool = Packages.Program("prometheus", () => File.Exists("/usr/bin/promtool") ? "/usr/bin/promtool" : null);
        var rules = Shell.Try(promtool, null, "check", "rules", Path.Combine(Shell.Repository, Rules));
        Assert.True(rules.ExitCode == 0, rules.Output + rules.Errors);

        using var folder = new Folder();
        await using var server = await Server.StartAsync(
            folder, variables: new Dictionary<string, string> { ["KOPECK_ADMIN_HTTP"] = "http://127.0.0.1:0" });
        var told = server.Log.Split('\n').Single(line => line.Contains("  metrics ", StringComparison.Ordinal));
        var metrics = new Uri(told.Trim().Split(' ')[^1]);
        await WorkAsync(server);
        using var scraper = new HttpClient();
        var scrape = await scraper.GetStringAsync(metrics, TestContext.Current.CancellationToken);
        var linted = Shell.Try(promtool, scrape, "check", "metrics");
        // Exit code 3 is advice on names; 1 is what cannot be read.
        Assert.True(linted.ExitCode is 0 or 3, linted.Errors);

        using var prometheus = Start(folder, metrics);
        using var client = new HttpClient { BaseAddress = prometheus.Address };
        try
        {
            await Checks.EventuallyAsync(
                async () => await TryAskAsync(client, "count_over_time(kopeck_build_info[1m]) >= 3") is { Count: > 0 }, "scrapes");
            var known = await NamesAsync(client);
            var expressions = Expressions().ToList();
            Assert.True(expressions.Count > 25, string.Join('\n', expressions));
            foreach (var expression in expressions)
            {
                var answer = await TryAskAsync(client, expression);
                Assert.True(answer is not null, $"Prometheus does not take {expression}");
                foreach (var name in MetricName().Matches(expression).Select(match => match.Value))
                    Assert.True(known.Contains(name), $"{expression} asks for {name}, which is not told");
            }

            // Something is to be seen on the dashboard of a server that worked.
            Assert.NotEmpty((await TryAskAsync(client, "sum by (book) (kopeck_operations_committed_total) > 0"))!);
            Assert.NotEmpty((await TryAskAsync(client, "histogram_quantile(0.5, sum by (le) (http_server_request_duration_seconds_bucket))"))!);
        }
        finally
        {
            prometheus.Process.Kill();
            await prometheus.Process.WaitForExitAsync(CancellationToken.None);
            Orphans.Ended(prometheus.Process.Id);
        }
    }

    static async Task WorkAsync(Server server)
    {
        var wallet = await server.OpenWalletAsync("EUR", "5");
        for (var count = 0; count < 20; count++)
            await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", string.Create(CultureInfo.InvariantCulture, $"d-{count}"));
        await server.GetAsync("/v1/wallets/999999");
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress(server.Grpc);
        await new V1.ReferenceService.ReferenceServiceClient(channel).ListCurrenciesAsync(
            new(), new global::Grpc.Core.Metadata { { "authorization", "Bearer " + server.Key } });
    }

    static Running Start(Folder folder, Uri metrics)
    {
        var config = Path.Combine(folder.Path, "prometheus.yml");
        File.WriteAllText(
            config,
            $"""
            global:
              scrape_interval: 1s
              evaluation_interval: 1s
            rule_files: ["{Path.Combine(Shell.Repository, Rules)}"]
            scrape_configs:
              - job_name: kopeck
                static_configs:
                  - targets: ["{metrics.Authority}"]
            """);
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePorts.Take()}");
        var process = Shell.Start(
            "/usr/bin/prometheus",
            [
                "--config.file=" + config, "--storage.tsdb.path=" + Path.Combine(folder.Path, "tsdb"), "--web.listen-address=" + address,
                "--log.level=error",
            ]);
        Orphans.Process(process.Id);
        return new Running(process, new Uri("http://" + address));
    }

    /// <summary>The expressions, with the dashboard's job filled in.</summary>
    static IEnumerable<string> Expressions()
    {
        var rules = File.ReadAllText(Path.Combine(Shell.Repository, Rules));
        foreach (Match match in Rule().Matches(rules))
            yield return match.Groups["expression"].Value.Trim();
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Shell.Repository, Dashboard)));
        foreach (var panel in json.RootElement.GetProperty("panels").EnumerateArray())
        {
            if (!panel.TryGetProperty("targets", out var targets))
                continue;
            foreach (var target in targets.EnumerateArray())
                yield return target.GetProperty("expr").GetString()!.Replace("$job", "kopeck", StringComparison.Ordinal);
        }
    }

    static async Task<IReadOnlyList<JsonElement>?> TryAskAsync(HttpClient client, string expression)
    {
        try
        {
            var query = new Uri("/api/v1/query?query=" + Uri.EscapeDataString(expression), UriKind.Relative);
            using var response = await client.GetAsync(query, TestContext.Current.CancellationToken);
            var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            return answer.GetProperty("status").GetString() == "success"
                ? [.. answer.GetProperty("data").GetProperty("result").EnumerateArray()]
                : null;
        }
        // It listens before it answers, and says so in a word.
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            return null;
        }
    }

    static async Task<HashSet<string>> NamesAsync(HttpClient client)
    {
        var names = new Uri("/api/v1/label/__name__/values", UriKind.Relative);
        var text = await client.GetStringAsync(names, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(text).RootElement.GetProperty("data").EnumerateArray().Select(name => name.GetString()!)
            .ToHashSet(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^\s+expr: (?<expression>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"\b(?:kopeck|http_server|rpc_server|process|dotnet)_[a-z_]+\b", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex MetricName();

    sealed record Running(System.Diagnostics.Process Process, Uri Address) : IDisposable
    {
        public void Dispose() => Process.Dispose();
    }
}
