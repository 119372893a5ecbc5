using System.Diagnostics.CodeAnalysis;
using System.Net;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Keys;

/// <summary>The addresses that an API key may be used from.</summary>
public sealed class AllowedNetworks : IEquatable<AllowedNetworks>
{
    readonly IPNetwork[] networks;

    AllowedNetworks(KeyNetworks text, IPNetwork[] networks) => (Text, this.networks) = (text, networks);

    /// <summary>As it was given.</summary>
    public KeyNetworks Text { get; }

    /// <summary>Reads addresses and networks such as <c>10.0.0.0/8</c>, separated by commas.</summary>
    public static bool TryParse(KeyNetworks text, [NotNullWhen(true)] out AllowedNetworks? allowed)
    {
        allowed = null;
        var read = new List<IPNetwork>();
        foreach (var part in text.Value.Split(','))
        {
            if (IPNetwork.TryParse(part, out var network))
                read.Add(network);
            else if (IPAddress.TryParse(part, out var address) && address.ToString().Equals(part, StringComparison.OrdinalIgnoreCase))
                read.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                return false;
        }

        allowed = new AllowedNetworks(text, [.. read]);
        return true;
    }

    /// <summary>Whether an address is among them; one that is not known is not.</summary>
    public bool Has(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && networks.Any(network => network.Contains(plain));
    }

    /// <inheritdoc/>
    public bool Equals(AllowedNetworks? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AllowedNetworks);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode();

    /// <summary>As it was given.</summary>
    public override string ToString() => Text.Value;
}
