using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;

namespace Kopeck.Server.Hosting;

/// <summary>
/// How often each key may ask, and each address that sends no valid key: a token bucket each, which fills up every second. Of this server
/// alone.
/// </summary>
public sealed class RateLimits : IDisposable
{
    // What one customer of a provider is usually given of IPv6 counts as one address.
    const int NetworkBytes = 8;

    static readonly Rejection TooManyGuesses = new(
        ErrorCode.RateLimited, "Too many requests without a valid key came from this address: wait a second");

    readonly PartitionedRateLimiter<Digest> keys;
    readonly PartitionedRateLimiter<IPAddress> strangers;
    readonly int limit;

    /// <summary>Limits, in requests a second; at least 1.</summary>
    public RateLimits(int limit)
    {
        this.limit = limit;
        keys = Create<Digest>();
        strangers = Create<IPAddress>();
    }

    /// <summary>Counts a request with a valid key; its refusal when the key asked too often.</summary>
    public Rejection? Count(ApiKey key)
    {
        using var lease = keys.AttemptAcquire(key.Digest);
        return lease.IsAcquired ? null : new Rejection(
            ErrorCode.RateLimited, $"The key {key.Name} may ask {limit} times a second: wait a second");
    }

    /// <summary>Counts a request without a valid key; its refusal when its address sent too many.</summary>
    public Rejection? CountStranger(IPAddress? address)
    {
        using var lease = strangers.AttemptAcquire(Network(address));
        return lease.IsAcquired ? null : TooManyGuesses;
    }

    /// <summary>The refusal of whoever is not known, when an address sent too many requests without a valid key.</summary>
    public Rejection? RefuseStranger(IPAddress? address) =>
        strangers.GetStatistics(Network(address)) is { CurrentAvailablePermits: > 0 } ? null : TooManyGuesses;

    /// <inheritdoc/>
    public void Dispose()
    {
        keys.Dispose();
        strangers.Dispose();
    }

    PartitionedRateLimiter<T> Create<T>()
        where T : notnull =>
        PartitionedRateLimiter.Create<T, T>(one => RateLimitPartition.GetTokenBucketLimiter(one, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit,
            TokensPerPeriod = limit,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

    static IPAddress Network(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return new IPAddress(bytes);
    }
}
