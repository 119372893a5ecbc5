using System.Net;
using StackExchange.Redis;

namespace Kopeck.Redis;

/// <summary>Reads how to reach Redis, in StackExchange.Redis' form: <c>host:port,password=...,ssl=true</c>.</summary>
public static class RedisAddress
{
    /// <summary>The connection's settings. The problem, when there is one, never shows the password.</summary>
    public static bool TryParse(string text, out ConfigurationOptions settings, out string problem)
    {
        settings = new ConfigurationOptions();
        problem = "";
        if (text.Contains("://", StringComparison.Ordinal))
        {
            problem = "it is an address with a scheme";
            return false;
        }

        try
        {
            settings = ConfigurationOptions.Parse(text);
        }
        catch (ArgumentException exception)
        {
            // The exception may quote what it could not read, and that may be the password.
            problem =
                exception.ParamName is { } name
                    && name != "configuration"
                    && name.All(char.IsAsciiLetter) ? $"{name} is unknown or has a value that it cannot have" : "it cannot be read";
            return false;
        }

        // A server that cannot be read is passed over by the library.
        var servers = text.Split(',').Count(part => part.Trim().Length > 0 && !part.Contains('=', StringComparison.Ordinal));
        if (servers == 0)
            problem = "it names no server";
        else if (settings.EndPoints.Count != servers || !settings.EndPoints.All(IsServer))
            problem = "a server in it is no HOST:PORT";
        return problem.Length == 0;
    }

    /// <summary>Where it is, for people: hosts and ports, no secrets.</summary>
    public static string Describe(ConfigurationOptions settings) =>
        string.Join(',', settings.EndPoints.Select(server => server switch
        {
            DnsEndPoint name => $"{name.Host}:{Port(name.Port)}",
            IPEndPoint address =>
                new IPEndPoint(address.Address, int.Parse(Port(address.Port), System.Globalization.CultureInfo.InvariantCulture))
                    .ToString(),
            _ => server.ToString(),
        }));

    static string Port(int port) => (port == 0 ? 6379 : port).ToString(System.Globalization.CultureInfo.InvariantCulture);

    static bool IsServer(EndPoint server) =>
        server is not DnsEndPoint { Host: var host }
            || (host.Length > 0 && host.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_'));
}
