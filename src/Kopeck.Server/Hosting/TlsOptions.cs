namespace Kopeck.Server.Hosting;

/// <summary>The certificates of a server of its own TLS. Files are read again when they change.</summary>
/// <param name="CertificateFile">PEM: the server's certificate, then those of its issuers.</param>
/// <param name="KeyFile">PEM: its private key, without a password; the same file where it holds both.</param>
/// <param name="ClientAuthorityFile">PEM: who issues clients' certificates; callers need one then. Null: they need none.</param>
public sealed record TlsOptions(string CertificateFile, string KeyFile, string? ClientAuthorityFile);
