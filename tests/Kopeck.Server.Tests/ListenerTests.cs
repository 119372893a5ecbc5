using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kopeck.Server.Hosting;
using Kopeck.Server.Http;
using Microsoft.Extensions.Logging;

namespace Kopeck.Server.Tests;

/// <summary>Who may read metrics, whose word counts for where a request came from, and TLS of the server's own.</summary>
public sealed class ListenerTests(ServerFixture server) : IClassFixture<ServerFixture>, IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("kopeck-tls-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(null, null, 200)]
    [InlineData("localhost:5080", null, 200)]
    [InlineData("127.0.0.1", null, 200)]
    [InlineData("[::1]:5080", null, 200)]
    [InlineData("ledger.attacker.example", null, 401)]
    [InlineData("ledger.attacker.example:5080", null, 401)]
    [InlineData(null, "X-Forwarded-For: 203.0.113.9", 401)]
    [InlineData(null, "Forwarded: for=203.0.113.9", 401)]
    [InlineData(null, "Via: 1.1 proxy", 401)]
    public async Task Metrics_beside_the_api_are_for_this_machine_alone(string? host, string? header, int status) =>
        Assert.Equal(status, await GetAsync(new Uri(server.Address, "metrics"), host, header));

    [Fact]
    public async Task With_a_listener_of_their_own_metrics_and_health_are_there_and_nothing_else_is()
    {
        var options = server.Options with { Admin = new Uri("http://127.0.0.1:0") };
        await using var admin = AdminServer.Build(server.Engine, options, _ => { });
        await admin.StartAsync(TestContext.Current.CancellationToken);
        await using var api = server.BuildAnother(options);
        await api.StartAsync(TestContext.Current.CancellationToken);
        var (ours, theirs) = (new Uri(admin.Urls.First()), new Uri(api.Urls.First()));
        Assert.Equal(200, await GetAsync(new Uri(ours, "/metrics")));
        Assert.Equal(200, await GetAsync(new Uri(ours, "/metrics"), header: "X-Forwarded-For: 203.0.113.9"));
        Assert.Equal(200, await GetAsync(new Uri(ours, "/health/live")));
        Assert.Equal(200, await GetAsync(new Uri(ours, "/health/ready")));
        foreach (var path in new[] { "/v1/book", "/docs", "/openapi/v1.json", "/" })
            Assert.Equal(404, await GetAsync(new Uri(ours, path)));
        Assert.Equal(404, await GetAsync(new Uri(ours, "/metrics"), "rebound.attacker.example"));
        Assert.Equal(401, await GetAsync(new Uri(theirs, "/metrics")));
        Assert.Equal(200, await GetAsync(new Uri(theirs, "/health/ready")));
    }

    [Theory]
    [InlineData("203.0.113.9", 403)]
    [InlineData("10.1.2.3", 200)]
    [InlineData("10.1.2.3, 203.0.113.9", 403)]
    [InlineData("203.0.113.9, 10.1.2.3", 200)]
    [InlineData("10.1.2.3, 127.0.0.1", 200)]
    [InlineData("10.1.2.3:4711", 200)]
    [InlineData("unknown", 403)]
    [InlineData(null, 403)]
    public async Task A_trusted_proxy_says_where_a_request_came_from(string? forwarded, int status)
    {
        Assert.True(TrustedProxies.TryParse("127.0.0.0/8, ::1", out var proxies));
        await using var proxied = server.BuildAnother(server.Options with { Proxies = proxies });
        await proxied.StartAsync(TestContext.Current.CancellationToken);
        var made = (await server.PostAsync(
            "/v1/keys", $$"""{"name": "{{server.NextName("inside")}}", "scopes": ["read"], "allowedNetworks": "10.0.0.0/8"}""")).MustBe(201);
        var header = forwarded is null ? null : "X-Forwarded-For: " + forwarded;
        Assert.Equal(status, await GetAsync(new Uri(new Uri(proxied.Urls.First()), "/v1/book"), header: header, key: made["key"]));
        // Whoever is not trusted is not believed.
        Assert.Equal(403, await GetAsync(new Uri(server.Address, "/v1/book"), header: header, key: made["key"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/33")]
    [InlineData("proxy.example")]
    public void What_is_no_network_is_no_proxy(string text) => Assert.False(TrustedProxies.TryParse(text, out _));

    [Fact]
    public async Task Certificates_are_read_again_when_they_change_and_broken_ones_are_passed_over()
    {
        var (certificate, key) = (Path.Combine(folder, "server.pem"), Path.Combine(folder, "server.key"));
        Write(certificate, key, "first");
        var clock = new SteppingTime();
        var log = new KeptLog();
        await using var secure = KopeckServer.Build(
            server.Engine, server.Keys,
            server.Options with
            {
                Http = new Uri("https://127.0.0.1:0"),
                Certificates = new Certificates(new TlsOptions(certificate, key, null), clock),
            },
            TimeProvider.System, logging => logging.AddProvider(log));
        await secure.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(secure.Urls.First());
        Assert.Equal("https", address.Scheme);
        Assert.Equal((200, "CN=first"), await AskAsync(address));
        Write(certificate, key, "second");
        Assert.Equal((200, "CN=first"), await AskAsync(address));
        clock.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal((200, "CN=second"), await AskAsync(address));
        await File.WriteAllTextAsync(certificate, "half a fi", TestContext.Current.CancellationToken);
        clock.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal((200, "CN=second"), await AskAsync(address));
        Assert.Contains(log.Lines, line => line.Event == 204);
        Write(certificate, key, "third");
        clock.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal((200, "CN=third"), await AskAsync(address));
    }

    [Fact]
    public async Task Where_clients_need_certificates_nobody_passes_without_one_of_the_right_issuer()
    {
        var (certificate, key, authority) =
            (Path.Combine(folder, "server.pem"), Path.Combine(folder, "server.key"), Path.Combine(folder, "ca.pem"));
        Write(certificate, key, "server");
        using var issuer = Authority("issuer");
        await File.WriteAllTextAsync(authority, issuer.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var secure = server.BuildAnother(server.Options with
        {
            Http = new Uri("https://127.0.0.1:0"),
            Certificates = new Certificates(new TlsOptions(certificate, key, authority), TimeProvider.System),
        });
        await secure.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(secure.Urls.First());
        using var right = Issue(issuer, "client");
        Assert.Equal((200, "CN=server"), await AskAsync(address, right));
        using var other = Authority("other");
        using var wrong = Issue(other, "client");
        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(address, wrong));
        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(address));
    }

    [Fact]
    public void Files_that_are_no_certificates_are_told_of_at_once()
    {
        var file = Path.Combine(folder, "none.pem");
        Assert.ThrowsAny<IOException>(() => new Certificates(new TlsOptions(file, file, null), TimeProvider.System));
        File.WriteAllText(file, "nothing");
        Assert.ThrowsAny<CryptographicException>(() => new Certificates(new TlsOptions(file, file, null), TimeProvider.System));
    }

    static async Task<int> GetAsync(Uri address, string? host = null, string? header = null, string? key = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (host is not null)
            request.Headers.Host = host;
        if (header?.Split(": ", 2) is [var name, var value])
            request.Headers.TryAddWithoutValidation(name, value);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    /// <summary>The status of a readiness over TLS, and whom the server's certificate names.</summary>
    static async Task<(int Status, string Subject)> AskAsync(Uri address, X509Certificate2? own = null)
    {
        var subject = "";
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                {
                    subject = shown?.Subject ?? "";
                    return shown is not null;
                },
                ClientCertificates = own is null ? null : [own],
            },
        };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(address, "/health/ready"), TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, subject);
    }

    static void Write(string certificate, string key, string name)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, pair, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificate, made.ExportCertificatePem());
    }

    static X509Certificate2 Authority(string name)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, pair, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    static X509Certificate2 Issue(X509Certificate2 issuer, string name)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, pair, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.Create(issuer, now.AddHours(-1), now.AddHours(1), [7]);
        using var whole = issued.CopyWithPrivateKey(pair);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Time passes when a test says so.</summary>
    sealed class SteppingTime : TimeProvider
    {
        long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref now);

        public void Pass(TimeSpan time) => Interlocked.Add(ref now, time.Ticks);
    }
}
