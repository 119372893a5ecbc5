using System.Collections.Concurrent;
using System.Net;
using Kopeck.Ledger.Errors;

namespace Kopeck.Server.Hosting;

/// <summary>
/// Calls of gRPC that need no key: how many run at a time, of an address and at all, and for how long. Safe for concurrent use.
/// </summary>
sealed class StrangerCalls
{
    public const int MostOfAddress = 128;
    public const int MostOfAll = 512;

    static readonly Rejection TooMany = new(
        ErrorCode.RateLimited, "Too many calls without a key are open: end some of them, or wait a second");

    readonly ConcurrentDictionary<IPAddress, int> open = new();
    int all;

    /// <summary>Calls that run now.</summary>
    public int Open => Volatile.Read(ref all);

    /// <summary>Takes a place; the refusal when there is none.</summary>
    public Rejection? Enter(IPAddress address)
    {
        var own = open.AddOrUpdate(address, 1, static (_, count) => count + 1);
        if (Interlocked.Increment(ref all) <= MostOfAll && own <= MostOfAddress)
            return null;
        Leave(address);
        return TooMany;
    }

    /// <summary>Gives it back.</summary>
    public void Leave(IPAddress address)
    {
        Interlocked.Decrement(ref all);
        // Taken out when it is the last: an address that comes at the same moment is counted anew.
        if (open.AddOrUpdate(address, 0, static (_, count) => count - 1) <= 0)
            open.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
    }
}
