using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Grpc.Core;
using Grpc.Net.Client;
using Kopeck.Testing;
using Kopeck.V1;

namespace Kopeck.Process.Tests;

/// <summary>nginx before a server as docs/operate.md has it, taken from the page itself.</summary>
public sealed partial class NginxTests
{
    [Fact]
    public async Task The_configuration_of_the_page_serves_http_grpc_and_the_feed_under_one_name()
    {
        var nginx = Packages.Program("nginx-light", () => File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : null);
        using var folder = new Folder();
        await using var server = await Server.StartAsync(
            folder, variables: new Dictionary<string, string> { ["KOPECK_TRUSTED_PROXIES"] = "127.0.0.0/8,::1" });
        var port = FreePorts.Take();
        using var proxy = Start(nginx, folder, server, port);
        try
        {
            using var own = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder.Path, "ledger.pem"));
            using var client = new HttpClient(Trusting(own))
            {
                BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{port}")),
            };
            client.DefaultRequestHeaders.Authorization = new("Bearer", server.Key);
            await Checks.EventuallyAsync(async () => await StatusAsync(client, "/v1/book") == 200, "nginx");
            // What nginx would refuse by itself unless told: more than 1 MB.
            var item = $$"""{"kind": "deposit", "wallet": "999999", "amount": "1.00", "description": "{{new string('x', 200)}}"}""";
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batches");
            request.Headers.Add("Idempotency-Key", "large");
            request.Content = new StringContent(
                "{\"operations\": [" + string.Join(',', Enumerable.Repeat(item, 10_000)) + "]}", null, "application/json");
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)answer.StatusCode);
            // The feed is not held back.
            await using var feed = await client.GetStreamAsync(
                new Uri("/v1/journal?after=0", UriKind.Relative), TestContext.Current.CancellationToken);
            using var lines = new StreamReader(feed);
            Assert.StartsWith("retry:", await lines.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            // Not for whoever comes by a proxy.
            Assert.Equal(404, await StatusAsync(client, "/metrics"));

            using var channel = GrpcChannel.ForAddress(
                client.BaseAddress, new GrpcChannelOptions { HttpHandler = Trusting(own), DisposeHttpClient = true });
            var headers = new Metadata { { "authorization", "Bearer " + server.Key } };
            var currencies = await new ReferenceService.ReferenceServiceClient(channel).ListCurrenciesAsync(
                new(), headers, cancellationToken: TestContext.Current.CancellationToken);
            Assert.NotEmpty(currencies.Items);
        }
        finally
        {
            proxy.Kill();
            await proxy.WaitForExitAsync(CancellationToken.None);
            Orphans.Ended(proxy.Id);
        }
    }

    // The test's own, which nobody else trusts.
    static SocketsHttpHandler Trusting(X509Certificate2 own) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == own.GetCertHashString(),
        },
    };

    static async Task<int> StatusAsync(HttpClient client, string path)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    static System.Diagnostics.Process Start(string nginx, Folder folder, Server server, int port)
    {
        Shell.Run(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=ledger.example",
            "-keyout", Path.Combine(folder.Path, "ledger.key"), "-out", Path.Combine(folder.Path, "ledger.pem"));
        var page = File.ReadAllText(Path.Combine(Shell.Repository, "docs", "operate.md"));
        // The ports and files of the test in the place of the page's; the rest is the page's.
        var block = Block().Match(page).Groups["block"].Value
            .Replace("listen 443", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{port}"), StringComparison.Ordinal)
            .Replace("/etc/ssl/", folder.Path + "/", StringComparison.Ordinal)
            .Replace("127.0.0.1:5080", server.Http.Authority, StringComparison.Ordinal)
            .Replace("127.0.0.1:5081", server.Grpc.Authority, StringComparison.Ordinal);
        var config = Path.Combine(folder.Path, "nginx.conf");
        File.WriteAllText(
            config,
            $$"""
            daemon off;
            master_process off;
            pid {{folder.Path}}/nginx.pid;
            error_log stderr;
            events {}
            http {
              access_log off;
              client_body_temp_path {{folder.Path}}/body;
              proxy_temp_path {{folder.Path}}/proxy;
              fastcgi_temp_path {{folder.Path}}/fastcgi;
              uwsgi_temp_path {{folder.Path}}/uwsgi;
              scgi_temp_path {{folder.Path}}/scgi;
              {{block}}
            }
            """);
        var process = Shell.Start(nginx, ["-p", folder.Path, "-c", config]);
        Orphans.Process(process.Id);
        return process;
    }

    [GeneratedRegex(@"```nginx\n(?<block>.+?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Block();
}
