using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>Encrypted connections to a server whose certificate is for localhost, by an authority of its own.</summary>
public sealed class TlsTests
{
    const int Unavailable = 3;

    [Fact]
    public async Task A_server_is_verified_in_full_by_its_authority_and_its_name_and_what_is_wrong_is_said()
    {
        using var authority = MakeAuthority("Kopeck test authority");
        using var stranger = MakeAuthority("Another authority");
        await using var server = await PostgresServer.StartAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        var (certificate, key) = MakeServer(authority);
        server.Stop();
        await server.UseTlsAsync(certificate, key);
        await server.StartAgainAsync();
        var known = await WriteAsync(place, "known.crt", authority);
        var unknown = await WriteAsync(place, "unknown.crt", stranger);
        var byName = server.Address(place.Database).Replace("@127.0.0.1:", "@localhost:", StringComparison.Ordinal);

        await using (var serving = await Server.StartAsync(place.Via($"{byName}?sslmode=verify-full&sslrootcert={known}")))
        {
            Assert.Equal("2.00", await serving.PostedAsync(await serving.OpenWalletAsync("EUR", "2")));
            Assert.Equal(
                0L,
                await server.AskAsync(
                    $"SELECT count(*) FROM pg_stat_activity a LEFT JOIN pg_stat_ssl s USING (pid) WHERE a.usename = '{PostgresServer.User}' AND s.ssl IS NOT TRUE"));
        }

        AssertRefused(server, place, $"{byName}?sslmode=verify-full&sslrootcert={unknown}", "certificate is refused");
        AssertRefused(server, place, $"{server.Address(place.Database)}?sslmode=verify-full&sslrootcert={known}", "not for this host");
        AssertRefused(server, place, $"{byName}?sslmode=verify-full", "not of an authority");
        AssertRefused(server, place, $"{byName}?sslmode=verify-full&sslrootcert={known}.absent", "no file");
    }

    [Fact]
    public async Task A_server_without_TLS_is_said_to_have_none()
    {
        var server = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        AssertRefused(server, place, place.Setting + "?sslmode=require", "offers no TLS");
    }

    static void AssertRefused(PostgresServer server, PostgresPlace place, string setting, string says)
    {
        var refused = Ledgers.Kopeck(place.Via(setting), "db", "info");
        Assert.True(refused.ExitCode == Unavailable, $"{refused.ExitCode}: {refused.Output}{refused.Errors}");
        Assert.Contains(says, Assert.Single(refused.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Password, refused.Errors, StringComparison.Ordinal);
    }

    static X509Certificate2 MakeAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    static (string Certificate, string Key) MakeServer(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(authority, now.AddHours(-1), now.AddDays(20), RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    static async Task<string> WriteAsync(PostgresPlace place, string name, X509Certificate2 certificate)
    {
        var file = Path.Combine(place.Keys, name);
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        return Uri.EscapeDataString(file);
    }
}
