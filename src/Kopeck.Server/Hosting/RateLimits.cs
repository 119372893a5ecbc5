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
    const int LooksAtOnce = 4;

    // So many requests of a batch count as one more.
    const int ItemsOfRequest = 100;

    static readonly TimeSpan LookPatience = TimeSpan.FromSeconds(2);

    static readonly Rejection TooManyGuesses = new(
        ErrorCode.RateLimited, "Too many requests without a valid key came from this address: wait a second");

    readonly PartitionedRateLimiter<(Digest Key, int Limit)> keys;
    readonly PartitionedRateLimiter<IPAddress> strangers;
    readonly int limit;

    // Keys that addresses which guess are looked up for, at a time: their flood waits for itself, and does not become the store's.
    readonly SemaphoreSlim looks = new(LooksAtOnce);

    /// <summary>Limits, in requests a second; 0 is none but those of the keys themselves.</summary>
    public RateLimits(int limit)
    {
        this.limit = limit;
        keys = PartitionedRateLimiter.Create<(Digest Key, int Limit), (Digest Key, int Limit)>(
            one => RateLimitPartition.GetTokenBucketLimiter(one, key => Bucket(key.Limit)));
        strangers = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
            one => RateLimitPartition.GetTokenBucketLimiter(one, _ => Bucket(limit)));
    }

    /// <summary>Counts a request with a valid key; its refusal when the key asked too often.</summary>
    public Rejection? Count(ApiKey key)
    {
        var own = LimitOf(key);
        if (own == 0)
            return null;
        using var lease = keys.AttemptAcquire((key.Digest, own));
        return lease.IsAcquired ? null : TooManyOf(key);
    }

    /// <summary>Counts the items of a batch, a hundred as a request more, so that a batch is not a way around the limit.</summary>
    public Rejection? CountItems(ApiKey key, int items)
    {
        var own = LimitOf(key);
        var permits = Math.Min(items / ItemsOfRequest, own);
        if (permits == 0)
            return null;
        using var lease = keys.AttemptAcquire((key.Digest, own), permits);
        return lease.IsAcquired ? null : TooManyOf(key);
    }

    /// <summary>The valid key that a token is, of an address that sent wrong ones; null when it is none, or too many look.</summary>
    internal async ValueTask<(ApiKey? Key, Rejection? Refusal)> LookForStrangerAsync(
        Credentials known, string token, string? book, CancellationToken cancellationToken)
    {
        if (!await looks.WaitAsync(LookPatience, cancellationToken))
            return default;
        try
        {
            return await known.FindAsync(token, book, cancellationToken);
        }
        finally
        {
            looks.Release();
        }
    }

    /// <summary>Counts a request without a valid key; its refusal when its address sent too many.</summary>
    public Rejection? CountStranger(IPAddress? address)
    {
        if (limit == 0)
            return null;
        using var lease = strangers.AttemptAcquire(Network(address));
        return lease.IsAcquired ? null : TooManyGuesses;
    }

    /// <summary>The refusal of whoever is not known, when an address sent too many requests without a valid key.</summary>
    public Rejection? RefuseStranger(IPAddress? address) =>
        limit == 0 || strangers.GetStatistics(Network(address)) is { CurrentAvailablePermits: > 0 } ? null : TooManyGuesses;

    /// <inheritdoc/>
    public void Dispose()
    {
        keys.Dispose();
        strangers.Dispose();
        looks.Dispose();
    }

    Rejection TooManyOf(ApiKey key) => new(
        ErrorCode.RateLimited, $"The key {key.Name} may ask {LimitOf(key)} times a second: wait a second");

    int LimitOf(ApiKey key) => key.Terms.RateLimit ?? limit;

    static TokenBucketRateLimiterOptions Bucket(int limit) => new()
    {
        TokenLimit = limit,
        TokensPerPeriod = limit,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    };

    internal static IPAddress Network(IPAddress? address)
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
