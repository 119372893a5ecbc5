using System.Text;
using Kopeck.Cli.Logging;
using Kopeck.Server.Hosting;
using Kopeck.Server.Tokens;

namespace Kopeck.Cli.Settings;

/// <summary>The settings of a server's surroundings: logs, the listener of those who watch it, proxies, TLS, first keys.</summary>
sealed record GuardSettings
{
    /// <summary>The names, their options, defaults and what they mean.</summary>
    public static IReadOnlyList<(string Name, string Option, string Default, string Description)> Known { get; } =
    [
        ("KOPECK_LOG_FORMAT", "--log-format", "text", "What a line of the log looks like: text or json"),
        ("KOPECK_LOG_REQUESTS", "--log-requests", "true", "Whether each request has a line in the log, whatever KOPECK_LOG but none: true or false"),
        (
            "KOPECK_SECURITY_LOG", "--security-log", SystemLog.UsualPath,
            "Where commands tell their security events, such as exports: the socket of the system's log, or stderr; a server's are in its log"),
        (
            "KOPECK_ADMIN_HTTP", "--admin-http", "",
            "Where /metrics and /health are served by a listener of their own, without a key: http://ADDRESS:PORT; beside the API if empty"),
        (
            "KOPECK_TRUSTED_PROXIES", "--trusted-proxies", "",
            "Addresses and networks, separated by commas, whose X-Forwarded-For says where a request came from, such as 10.0.0.0/8"),
        (
            "KOPECK_TLS_CERTIFICATE", "--tls-certificate", "",
            "A PEM file with the certificate of https addresses, and its issuers'; read again when it changes"),
        ("KOPECK_TLS_KEY", "--tls-key", "", "A PEM file with the certificate's private key; the file of the certificate if empty"),
        (
            "KOPECK_TLS_CLIENT_CA", "--tls-client-ca", "",
            "A PEM file with who issues clients' certificates: then a caller over https needs one; none if empty"),
        (
            "KOPECK_OIDC", "--oidc", "",
            "A JSON file with the identity providers whose tokens are taken in the place of API keys, and what they allow; see docs/operate.md"),
        (
            "KOPECK_ADMIN_KEY_FILE", "--admin-key-file", "",
            "A file with the first administrator's key, kopeck_..., or sha256: and its digest in hexadecimal; made here if empty"),
        (
            "KOPECK_OPERATOR_KEY_FILE", "--operator-key-file", "",
            "A file with the operator's first key, likewise; made here if empty"),
    ];

    public required LogFormat Format { get; init; }

    public required bool LogRequests { get; init; }

    /// <summary>The socket of the system's log, for what commands tell; null for standard error.</summary>
    public required string? SecurityLog { get; init; }

    /// <summary>Where metrics and health are served by themselves; null for beside the API.</summary>
    public required Uri? AdminHttp { get; init; }

    /// <summary>Whose word is taken for where requests came from; null for nobody's.</summary>
    public required TrustedProxies? Proxies { get; init; }

    /// <summary>Null where there is none.</summary>
    public required TlsOptions? Tls { get; init; }

    /// <summary>Whose tokens are taken in the place of keys; none for nobody's.</summary>
    public required IReadOnlyList<IssuerOptions> Issuers { get; init; }

    /// <summary>Null for a key that is made here.</summary>
    public required string? AdminKeyFile { get; init; }

    /// <summary>Null for a key that is made here.</summary>
    public required string? OperatorKeyFile { get; init; }

    /// <summary>Reads them. Throws <see cref="UsageException"/> with one line for everything that is wrong.</summary>
    /// <param name="value">The text of a setting.</param>
    public static GuardSettings Read(Func<string, string> value)
    {
        var certificate = OrNull(value("KOPECK_TLS_CERTIFICATE"));
        return new GuardSettings
        {
            Format = value("KOPECK_LOG_FORMAT") switch
            {
                "text" => LogFormat.Text,
                "json" => LogFormat.Json,
                var other => throw ProgramSettings.Wrong("KOPECK_LOG_FORMAT", other, "use text or json"),
            },
            LogRequests = ProgramSettings.Flag("KOPECK_LOG_REQUESTS", value("KOPECK_LOG_REQUESTS")),
            SecurityLog = value("KOPECK_SECURITY_LOG") switch
            {
                "stderr" => null,
                var path when Path.IsPathRooted(path) && Encoding.UTF8.GetByteCount(path) <= SystemLog.MaxPathBytes => path,
                var other => throw ProgramSettings.Wrong(
                    "KOPECK_SECURITY_LOG", other, $"use a socket's path such as /dev/log, of {SystemLog.MaxPathBytes} bytes at most, or stderr"),
            },
            AdminHttp = OrNull(value("KOPECK_ADMIN_HTTP")) is { } address ? ProgramSettings.Address("KOPECK_ADMIN_HTTP", address) : null,
            Proxies = OrNull(value("KOPECK_TRUSTED_PROXIES")) is not { } networks ? null
                : TrustedProxies.TryParse(networks, out var proxies) ? proxies
                : throw ProgramSettings.Wrong(
                    "KOPECK_TRUSTED_PROXIES", networks, "use addresses and networks such as 10.0.0.0/8, separated by commas"),
            Tls = certificate is null
                ? null
                : new TlsOptions(certificate, OrNull(value("KOPECK_TLS_KEY")) ?? certificate, OrNull(value("KOPECK_TLS_CLIENT_CA"))),
            Issuers = OrNull(value("KOPECK_OIDC")) is { } file ? ReadIssuers(file) : [],
            AdminKeyFile = OrNull(value("KOPECK_ADMIN_KEY_FILE")),
            OperatorKeyFile = OrNull(value("KOPECK_OPERATOR_KEY_FILE")),
        };
    }

    static IReadOnlyList<IssuerOptions> ReadIssuers(string file)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ProgramSettings.Wrong("KOPECK_OIDC", file, $"the file cannot be read: {exception.Message}");
        }

        return IssuerFile.TryParse(content, out var issuers, out var problem)
            ? issuers
            : throw ProgramSettings.Wrong("KOPECK_OIDC", file, problem);
    }

    static string? OrNull(string text) => text.Length > 0 ? text : null;
}
