using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Kopeck.Server.Hosting;

/// <summary>
/// Proxies whose word is taken for where a request came from: of the header X-Forwarded-For, the last address that is none of them. What
/// others say of themselves is passed over.
/// </summary>
public sealed class TrustedProxies
{
    const string ForwardedFor = "X-Forwarded-For";

    readonly IPNetwork[] networks;

    TrustedProxies(IPNetwork[] networks) => this.networks = networks;

    /// <summary>Reads addresses and networks such as <c>10.0.0.0/8</c>, separated by commas.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TrustedProxies? proxies)
    {
        proxies = null;
        var read = new List<IPNetwork>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(part, out var network))
                read.Add(network);
            else if (IPAddress.TryParse(part, out var address))
                read.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                return false;
        }

        proxies = new TrustedProxies([.. read]);
        return read.Count > 0;
    }

    /// <summary>Gives a connection's request the address that it came from before the proxies.</summary>
    internal void Apply(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address || !Has(address))
            return;
        var hops = string.Join(',', http.Request.Headers[ForwardedFor].ToArray()).Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var place = hops.Length - 1; place >= 0; place--)
        {
            // Some proxies add a port, which IPEndPoint reads as well.
            if (!IPEndPoint.TryParse(hops[place], out var hop))
                break;
            address = hop.Address;
            if (!Has(address))
                break;
        }

        http.Connection.RemoteIpAddress = address;
    }

    bool Has(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(network => network.Contains(plain));
    }
}
