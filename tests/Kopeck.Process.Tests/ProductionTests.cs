using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>What whoever runs a server gives it and gets from it: first keys, lines of the log, traces and metrics.</summary>
public sealed class ProductionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_key_can_be_brought_and_is_then_neither_made_nor_shown(bool isDigest)
    {
        using var folder = new Folder();
        var secret = "kopeck_" + Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        Directory.CreateDirectory(folder.Keys);
        await File.WriteAllTextAsync(Path.Combine(folder.Keys, "admin.key"), secret + "\n", TestContext.Current.CancellationToken);
        var given = Path.Combine(folder.Keys, "given");
        await File.WriteAllTextAsync(
            given,
            isDigest ? "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret))) : secret,
            TestContext.Current.CancellationToken);
        await using var server = await Server.StartAsync(
            folder, variables: new Dictionary<string, string> { ["KOPECK_ADMIN_KEY_FILE"] = given });
        Assert.Equal(200, (await server.GetAsync("/v1/book")).Status);
        Assert.DoesNotContain(secret, server.Log, StringComparison.Ordinal);
        var kept = await File.ReadAllTextAsync(Path.Combine(folder.Keys, "admin.key"), TestContext.Current.CancellationToken);
        Assert.Equal(secret + "\n", kept);
    }

    [Theory]
    [InlineData("KOPECK_ADMIN_KEY_FILE", "/nowhere/admin.key")]
    [InlineData("KOPECK_TLS_CERTIFICATE", "/nowhere/server.pem")]
    [InlineData("KOPECK_TRUSTED_PROXIES", "proxy.example")]
    [InlineData("KOPECK_LOG_FORMAT", "xml")]
    [InlineData("KOPECK_LOG_REQUESTS", "perhaps")]
    [InlineData("KOPECK_SECURITY_LOG", "syslog")]
    [InlineData("KOPECK_SECURITY_LOG", "/a-path-that-no-socket-can-have-as-its-address-holds-a-hundred-and-seven-bytes-and-this-one-has-one-more-bytes")]
    [InlineData("KOPECK_ADMIN_HTTP", "127.0.0.1")]
    [InlineData("KOPECK_ADMIN_HTTP", "https://127.0.0.1:0")]
    [InlineData("KOPECK_ADMIN_HTTP", "http://10.255.255.1:1")]
    public void A_wrong_setting_of_production_is_one_line_and_exit_code_2(string name, string value)
    {
        using var folder = new Folder();
        var result = Shell.Try(
            Shell.Kopeck, null, ["serve", "--http", "http://127.0.0.1:0", "--grpc", "none", "--database", "sqlite:" + folder.Database],
            new Dictionary<string, string> { [name] = value });
        Assert.True(result.ExitCode == 2, $"{result.ExitCode}: {result.Output} {result.Errors}");
        Assert.Contains(name, Assert.Single(result.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_the_log_are_objects_where_that_is_said()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(
            folder, log: "warning",
            variables: new Dictionary<string, string> { ["KOPECK_LOG_FORMAT"] = "json", ["KOPECK_LOG_REQUESTS"] = "true" });
        Assert.Equal(200, (await server.GetAsync("/v1/book")).Status);
        await Checks.EventuallyAsync(() => Task.FromResult(Lines(server).Any()), "a line for the request");
        var line = Lines(server).First();
        Assert.Equal(("Kopeck.Requests", 300), (line.GetProperty("Category").GetString(), line.GetProperty("EventId").GetInt32()));
        var state = line.GetProperty("State");
        Assert.Equal(
            ("GET /v1/book", "200", "ok", "admin"),
            (state.GetProperty("Call").ToString(), state.GetProperty("Status").ToString(), state.GetProperty("Code").ToString(),
                state.GetProperty("Key").ToString()));
    }

    [Fact]
    public async Task Metrics_and_health_have_a_listener_of_their_own_where_that_is_said()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(
            folder, variables: new Dictionary<string, string> { ["KOPECK_ADMIN_HTTP"] = "http://127.0.0.1:0" });
        var address = server.Log.Split('\n').Single(line => line.Contains("  metrics ", StringComparison.Ordinal)).Trim().Split(' ')[^1];
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri(address), TestContext.Current.CancellationToken);
        Assert.Contains("kopeck_build_info", text, StringComparison.Ordinal);
        Assert.Equal(401, (int)(await client.GetAsync(new Uri(server.Http, "/metrics"), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Traces_and_metrics_go_where_the_standard_variables_say()
    {
        using var folder = new Folder();
        using var collector = new Collector();
        await using (var server = await Server.StartAsync(folder, variables: new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        }))
        {
            await server.OpenWalletAsync("EUR", "5");
            await Checks.EventuallyAsync(
                () => Task.FromResult(
                    collector.Has("/v1/traces", "kopeck.commit")
                    && collector.Has("/v1/traces", "POST /v1/customers")
                    && collector.Has("/v1/metrics", "http.server.request.duration")),
                "traces and metrics");
        }
    }

    [Theory]
    [InlineData("X: a\0b")]
    [InlineData("X: \u00ff\u00fe")]
    [InlineData(": x")]
    public async Task Bodies_that_end_in_broken_trailers_are_refused_and_are_no_errors_in_the_log(string trailer)
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        foreach (var (key, status) in new[] { (server.Key, "400"), ("kopeck_nobody", "401") })
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(server.Http.Host, server.Http.Port, TestContext.Current.CancellationToken);
            var stream = socket.GetStream();
            await stream.WriteAsync(
                Encoding.Latin1.GetBytes(
                    $"POST /v1/deposits HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: k\r\n"
                    + $"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n{trailer}\r\n\r\n"),
                TestContext.Current.CancellationToken);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("HTTP/1.1 " + status, answer, StringComparison.Ordinal);
        }

        Assert.Equal(0, await server.StopAsync());
        Assert.DoesNotContain(" fail: ", server.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(" crit: ", server.Log, StringComparison.Ordinal);
    }

    static IEnumerable<JsonElement> Lines(Server server) => server.Log.Split('\n')
        .Where(line => line.StartsWith('{') && line.Contains("Kopeck.Requests", StringComparison.Ordinal))
        .Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>Takes what is sent by OTLP over HTTP.</summary>
    sealed class Collector : IDisposable
    {
        readonly HttpListener listener = new();
        readonly ConcurrentQueue<(string Path, string Text)> taken = new();

        public Collector()
        {
            Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Take()}");
            listener.Prefixes.Add(Address + "/");
            listener.Start();
            _ = Task.Run(TakeAsync);
        }

        public string Address { get; }

        public bool Has(string path, string text) =>
            taken.Any(sent => sent.Path == path && sent.Text.Contains(text, StringComparison.Ordinal));

        public void Dispose() => listener.Close();

        async Task TakeAsync()
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    using var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body);
                    taken.Enqueue((context.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
                    context.Response.StatusCode = 200;
                    context.Response.Close();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
