using System.Globalization;

namespace Kopeck.Postgres.Distribution;

/// <summary>Where a server is: a name or an address, and a port.</summary>
readonly record struct ServerAddress(string Host, int Port)
{
    /// <summary>Reads <c>HOST:PORT</c>; the colons of an IPv6 address stand in brackets.</summary>
    public static bool TryParse(string text, out ServerAddress address)
    {
        address = default;
        var colon = text.LastIndexOf(':');
        if (colon <= 0
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65_535)
            return false;
        var host = text[..colon].Trim();
        if (host.Contains(':', StringComparison.Ordinal) && !(host.StartsWith('[') && host.EndsWith(']')))
            return false;
        address = new ServerAddress(host.Trim('[', ']'), port);
        return address.Host.Length > 0;
    }

    /// <summary>As <c>HOST:PORT</c>.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
