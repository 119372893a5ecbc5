using System.Net;

namespace Kopeck.Server.Hosting;

/// <summary>Whether a request is of this machine: not one that a proxy on it passed on, nor one of a page of another name.</summary>
static class LocalCaller
{
    static readonly string[] ProxyHeaders = ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"];

    public static bool Is(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !ProxyHeaders.Any(http.Request.Headers.ContainsKey)
        && IsOwnName(http.Request.Host.Host);

    /// <summary>
    /// Whether a name is this machine's own. A page whose name was made to lead here (DNS rebinding) comes with its own name; a proxy that
    /// passes on the name that it was asked by, too.
    /// </summary>
    public static bool IsOwnName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
