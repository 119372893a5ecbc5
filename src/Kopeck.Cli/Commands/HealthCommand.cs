using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Kopeck.Cli.Settings;
using Kopeck.Server.Hosting;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck health</c>: whether the server of these settings is ready.</summary>
static class HealthCommand
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(ProgramSettings settings)
    {
        var address = settings.Guard.AdminHttp ?? settings.Http;
        var handler = new SocketsHttpHandler { UseProxy = false };
        // It is this machine's own server, whose certificate names it as others know it.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, problems) =>
            problems == SslPolicyErrors.None || IsOwn(shown, settings.Guard.Tls);
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(Reachable(address), CancellationToken.None);
            Console.Out.WriteLine((await answer.Content.ReadAsStringAsync(CancellationToken.None)).Trim());
            return answer.IsSuccessStatusCode ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine($"kopeck: no server answers at {address}: {exception.GetBaseException().Message}");
            return ExitCodes.Failed;
        }
    }

    static bool IsOwn(X509Certificate? shown, TlsOptions? tls)
    {
        if (shown is null || tls is null)
            return false;
        using var own = X509Certificate2.CreateFromPem(File.ReadAllText(tls.CertificateFile));
        return own.RawDataMemory.Span.SequenceEqual(shown.GetRawCertData());
    }

    // Who listens on all addresses is asked on this machine's own.
    static Uri Reachable(Uri address)
    {
        var host = address.Host.Trim('[', ']');
        var isEverywhere = IPAddress.TryParse(host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
        return new UriBuilder(address) { Host = isEverywhere ? "127.0.0.1" : address.Host, Path = "/health/ready" }.Uri;
    }
}
