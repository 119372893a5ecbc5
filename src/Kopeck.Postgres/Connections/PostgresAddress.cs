using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Kopeck.Postgres.Connections;

/// <summary>
/// Reads how to reach a database: a <c>postgres://user:password@host:port/database?key=value</c> address, or Npgsql's own
/// <c>Host=...;Database=...</c> form.
/// </summary>
public static class PostgresAddress
{
    const string GssEncryption = "GSS Encryption Mode";

    static readonly string[] Schemes = ["postgres://", "postgresql://"];

    // libpq's names where Npgsql's differ.
    static readonly Dictionary<string, string> LibpqNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["user"] = "Username",
        ["dbname"] = "Database",
        ["channel_binding"] = "Channel Binding",
        ["client_encoding"] = "Client Encoding",
        ["gssencmode"] = GssEncryption,
        ["keepalives"] = "TCP Keepalive",
        ["keepalives_idle"] = "TCP Keepalive Time",
        ["keepalives_interval"] = "TCP Keepalive Interval",
        ["krbsrvname"] = "Kerberos Service Name",
        ["load_balance_hosts"] = "Load Balance Hosts",
        ["require_auth"] = "Require Auth",
        ["sslnegotiation"] = "SSL Negotiation",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout",
        ["target_session_attrs"] = "Target Session Attributes",
        ["passfile"] = "Passfile",
        ["options"] = "Options",
        ["search_path"] = "Search Path",
    };

    /// <summary>Whether a setting names a PostgreSQL database, well or not.</summary>
    public static bool IsPostgres(string text) =>
        Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        || text.Split(';').Any(part => part.Split('=', 2) is [var name, _] && name.Trim().ToUpperInvariant() is "HOST" or "SERVER");

    /// <summary>Npgsql's settings. The problem, when there is one, never shows the password.</summary>
    /// <param name="text">The address.</param>
    /// <param name="settings">What it says.</param>
    /// <param name="problem">Why it is refused; empty where it is not.</param>
    /// <param name="isForReads">Whether only what a standby may answer is asked there.</param>
    public static bool TryParse(string text, out NpgsqlConnectionStringBuilder settings, out string problem, bool isForReads = false)
    {
        settings = [];
        problem = "";
        try
        {
            settings =
                Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                    ? FromAddress(text)
                    : new NpgsqlConnectionStringBuilder(text);
            // Else Kerberos' libraries are looked for at each start, and where there are none the runtime says so on standard error.
            if (!settings.ShouldSerialize(GssEncryption) && Environment.GetEnvironmentVariable("PGGSSENCMODE") is null or "")
                settings.GssEncryptionMode = GssEncryptionMode.Disable;
            if (string.IsNullOrEmpty(settings.Database))
                problem = "it names no database";
            else
                problem = Refusal(settings, isForReads) ?? "";
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or UriFormatException)
        {
            // The exception may quote what it could not read, and that may be the password.
            problem =
                exception is ArgumentException { ParamName: { } name }
                    && LooksLikeName(name) ? $"{name} is unknown or has a value that it cannot have" : "it cannot be read";
        }

        return problem.Length == 0;
    }

    /// <summary>Where the database is, for people: host and name, no secrets.</summary>
    public static string Describe(NpgsqlConnectionStringBuilder settings) => settings.Host switch
    {
        { } host when IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 =>
            string.Create(CultureInfo.InvariantCulture, $"postgres://[{host.Trim('[', ']')}]:{settings.Port}/{settings.Database}"),
        { } hosts when hosts.Contains(':', StringComparison.Ordinal) || hosts.Contains(',', StringComparison.Ordinal) =>
            $"postgres://{hosts}/{settings.Database}",
        var host => string.Create(CultureInfo.InvariantCulture, $"postgres://{host}:{settings.Port}/{settings.Database}"),
    };

    // What Npgsql takes and a ledger cannot.
    static string? Refusal(NpgsqlConnectionStringBuilder settings, bool isForReads)
    {
        if (settings.Multiplexing)
            return "Multiplexing must be off: each commit has a connection of its own";
        if (!isForReads && settings.TargetSessionAttributes is not (null or "" or "primary" or "read-write"))
            return "Target Session Attributes must be primary or read-write: a standby could miss what was acknowledged";
        if (settings.ClientEncoding is { Length: > 0 } encoding
            && encoding.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() is not ("UTF8" or "UNICODE"))
            return "Client Encoding must be UTF8: names are Unicode";
        return null;
    }

    static bool LooksLikeName(string text) =>
        text.Length <= 40 && text.All(character => char.IsAsciiLetter(character) || character is ' ' or '_');

    static NpgsqlConnectionStringBuilder FromAddress(string text)
    {
        // Not by System.Uri: an address may name several hosts.
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var settings = new NpgsqlConnectionStringBuilder();
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : rest[(question + 1)..];
        rest = question < 0 ? rest : rest[..question];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && slash + 1 < rest.Length)
            settings.Database = Uri.UnescapeDataString(rest[(slash + 1)..]);
        rest = slash < 0 ? rest : rest[..slash];
        var at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            var user = rest[..at].Split(':', 2);
            settings.Username = Uri.UnescapeDataString(user[0]);
            if (user.Length == 2)
                settings.Password = Uri.UnescapeDataString(user[1]);
        }

        var hosts = rest[(at + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (hosts.Length == 1 && TrySplitPort(hosts[0], out var host, out var port))
            (settings.Host, settings.Port) = (host, port);
        else
            // Of several, each keeps its brackets: they tell an address's colons from the port's.
            settings.Host = hosts.Length switch
            {
                0 => "localhost",
                1 => Uri.UnescapeDataString(hosts[0]).Trim('[', ']'),
                _ => string.Join(',', hosts.Select(Uri.UnescapeDataString)),
            };
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
            Set(settings, pair);
        return settings;
    }

    static void Set(NpgsqlConnectionStringBuilder settings, string pair)
    {
        var parts = pair.Split('=', 2);
        var name = Uri.UnescapeDataString(parts[0]);
        name = LibpqNames.GetValueOrDefault(name, name);
        // As libpq reads it: a plus is a plus.
        var value = Uri.UnescapeDataString(parts.Length == 2 ? parts[1] : "");
        settings[name] = name switch
        {
            "SSL Mode" => value.Replace("-", "", StringComparison.Ordinal),
            "TCP Keepalive" when value is "0" or "1" => value == "1",
            "Load Balance Hosts" when value is "disable" or "random" => value == "random",
            _ => value,
        };
    }

    static bool TrySplitPort(string text, out string host, out int port)
    {
        var colon = text.LastIndexOf(':');
        // The colons of [::1] are its own.
        if (colon <= text.LastIndexOf(']') || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            (host, port) = (text, 0);
            if (colon > text.LastIndexOf(']'))
                throw new FormatException("The port is not a number");
            return false;
        }

        host = Uri.UnescapeDataString(text[..colon]).Trim('[', ']');
        return true;
    }
}
