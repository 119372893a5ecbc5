using System.Text.RegularExpressions;

namespace Kopeck.Server.Tests;

/// <summary>What is reachable without a key.</summary>
public sealed class PublicPageTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/")]
    public async Task Health_metrics_and_documents_need_no_key(string path)
    {
        var reply = (await server.SendAsync("GET", path, null, null)).MustBe(200);
        Assert.Equal("nosniff", reply.Headers["X-Content-Type-Options"]);
        Assert.False(reply.Headers.ContainsKey("Server"));
        var head = (await server.SendAsync("HEAD", path, null, null)).MustBe(200);
        Assert.Empty(head.Text);
        Assert.Equal(reply.Headers["Content-Type"], head.Headers["Content-Type"]);
        Assert.True((await server.SendAsync("POST", path, "{}", null)).Status is 401 or 405);
    }

    [Fact]
    public async Task The_docs_load_nothing_from_elsewhere()
    {
        var page = (await server.SendAsync("GET", "/docs/", null, null)).MustBe(200);
        Assert.Contains("default-src 'self'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Empty(Regex.Matches(page.Text, """(?:src|href)\s*=\s*["'](?:https?:)?//[^"']*""", RegexOptions.None, TimeSpan.FromSeconds(5)));
        foreach (Match script in Regex.Matches(page.Text, """src\s*=\s*["']([^"']+)["']""", RegexOptions.None, TimeSpan.FromSeconds(5)))
            (await server.SendAsync("GET", new Uri(new Uri(server.Address, "docs/"), script.Groups[1].Value).PathAndQuery, null, null))
                .MustBe(200);
    }

    [Fact]
    public async Task The_docs_have_no_vendors_bar_or_button_and_call_nobody()
    {
        var page = (await server.SendAsync("GET", "/docs/", null, null)).MustBe(200);
        string[] switches =
        [
            "\"hideClientButton\":true", "\"telemetry\":false", "\"withDefaultFonts\":false", "\"showDeveloperTools\":\"never\"",
            "\"agent\":{\"disabled\":true", "\"mcp\":{\"disabled\":true", "[href*=",
        ];
        Assert.All(
            switches,
            part => Assert.Contains(part, page.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_count_requests_by_call_and_tell_no_secrets()
    {
        (await server.GetAsync(server.Main.Fill("/v1/accounts/$wallet"))).MustBe(200);
        (await server.GetAsync("/v1/nothing/secret-path")).MustBe(404);
        var text = (await server.SendAsync("GET", "/metrics", null, null)).MustBe(200).Text;
        Assert.Contains("""kopeck_http_requests_total{method="GET",route="/v1/accounts/{id}",status="200"}""", text, StringComparison.Ordinal);
        Assert.Contains("kopeck_engine_waiting_commands 0", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", text, StringComparison.Ordinal);
        Assert.DoesNotContain("kopeck_" + server.Main.Key[7..], text, StringComparison.Ordinal);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches("""^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*(\{\w+\}[^}]*)*\})? [0-9.]+)$""", line));
    }
}
