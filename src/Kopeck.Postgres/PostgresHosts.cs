using System.Globalization;
using Npgsql;

namespace Kopeck.Postgres;

/// <summary>The servers of an address, one by one.</summary>
static class PostgresHosts
{
    /// <summary>Each with its own port, or the address' where it has none.</summary>
    public static IReadOnlyList<(string Host, int Port)> Of(NpgsqlConnectionStringBuilder address) =>
        [
            .. (address.Host ?? "localhost").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(host => Split(host, address.Port))];

    static (string Host, int Port) Split(string text, int port)
    {
        // A path is a socket's folder. The colons of an IPv6 address are its own: one with a port stands in brackets.
        var colon = text.LastIndexOf(':');
        var isPort = colon > 0 && text[0] != '/' && (text.IndexOf(':', StringComparison.Ordinal) == colon || text[colon - 1] == ']');
        if (isPort && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var own))
            (text, port) = (text[..colon], own);
        return (text.Trim('[', ']'), port);
    }
}
