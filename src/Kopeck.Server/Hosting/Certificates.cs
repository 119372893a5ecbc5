using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kopeck.Engine;

namespace Kopeck.Server.Hosting;

/// <summary>
/// Certificates from files, read again when these change: whoever renews them replaces the files and does nothing else. Ones that cannot be
/// read leave those in force that were read before, and are told of. Safe for concurrent use.
/// </summary>
public sealed class Certificates
{
    static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    // RFC 5280, section 4.2.1.12: for authenticating clients.
    static readonly Oid ClientPurpose = new("1.3.6.1.5.5.7.3.2");

    readonly Lock gate = new();
    readonly TlsOptions options;
    readonly TimeProvider time;
    SslServerAuthenticationOptions current;
    string stamp;
    long looked;

    /// <summary>Reads them. Throws <see cref="CryptographicException"/> or <see cref="IOException"/> where they cannot be read.</summary>
    public Certificates(TlsOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        stamp = Stamp();
        current = Read();
        looked = time.GetTimestamp();
    }

    /// <summary>What a handshake goes by; as a new connection comes, files that changed are read.</summary>
    internal async ValueTask<SslServerAuthenticationOptions> GetAsync(ILogger logger)
    {
        // A handshake computes for milliseconds: not on the thread that takes all sockets' events.
        await EventThread.LeaveAsync();
        lock (gate)
        {
            if (time.GetElapsedTime(looked) < LookInterval)
                return current;
            looked = time.GetTimestamp();
            try
            {
                if (Stamp() is var now && now != stamp)
                {
                    current = Read();
                    stamp = now;
                    logger.CertificatesRead(options.CertificateFile);
                }
            }
            catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
            {
                logger.CertificatesUnreadable(options.CertificateFile, exception.Message);
            }

            return current;
        }
    }

    SslServerAuthenticationOptions Read()
    {
        using var pem = X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
        // Its key as the handshake can use it, on whatever system.
        var own = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.CertificateFile);
        var read = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(own, [.. chain.Skip(1)], offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        if (options.ClientAuthorityFile is not { } file)
            return read;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        if (authorities.Count == 0)
            throw new CryptographicException($"{file} holds no certificate");
        read.ClientCertificateRequired = true;
        read.RemoteCertificateValidationCallback = (_, certificate, sent, _) => IsOf(authorities, certificate, sent);
        return read;
    }

    static bool IsOf(X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? sent)
    {
        if (certificate is not X509Certificate2 client)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ClientPurpose);
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(client);
    }

    // A file that is replaced has another time, or is another file of another length.
    string Stamp() => string.Join('|', new[] { options.CertificateFile, options.KeyFile, options.ClientAuthorityFile }
        .OfType<string>()
        .Select(file => new FileInfo(file))
        .Select(file => $"{file.LastWriteTimeUtc.Ticks}/{file.Length}/{file.ResolveLinkTarget(returnFinalTarget: true)?.FullName}"));
}
