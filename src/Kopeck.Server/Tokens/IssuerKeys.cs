using Kopeck.Server.Hosting;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Kopeck.Server.Tokens;

/// <summary>
/// An issuer's public keys: read when they are first needed, again when they are old or a token names one that is not among them, and not
/// more often than twice a minute, whatever tokens come. While the issuer is away, what was read goes on for a day. Safe for concurrent
/// use.
/// </summary>
sealed class IssuerKeys(IssuerOptions issuer, IDocumentRetriever documents, TimeProvider time, ILogger logger)
{
    static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);
    static readonly TimeSpan UsableFor = TimeSpan.FromHours(24);
    static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);
    static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    readonly Lock gate = new();
    volatile KeySet? current;
    Task looking = Task.CompletedTask;
    long? lookedAt;
    bool failed;

    /// <summary>Another number where other keys are in force.</summary>
    public int Version => current?.Version ?? 0;

    /// <summary>The keys that may have made a signature.</summary>
    public async ValueTask<FoundKeys> FindAsync(string? id, string algorithm, CancellationToken cancellationToken)
    {
        if (Find(id, algorithm) is { Keys.Count: > 0 } found)
        {
            // Nobody waits for what is only to be fresh.
            if (time.GetElapsedTime(current!.At) > FreshFor)
                TryLook(out _);
            return found;
        }

        if (TryLook(out var look))
        {
            try
            {
                await look.WaitAsync(Patience, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return new FoundKeys([], IsKnown: false);
            }
        }

        lock (gate)
            return Find(id, algorithm) with { IsKnown = !failed };
    }

    FoundKeys Find(string? id, string algorithm) =>
        current is { } set && time.GetElapsedTime(set.At) <= UsableFor
            ? new FoundKeys(set.Find(id, algorithm), IsKnown: true, set.Version)
            : new FoundKeys([], IsKnown: false);

    /// <summary>Asks the issuer, or joins whoever asks; false where it was asked just now.</summary>
    bool TryLook(out Task look)
    {
        lock (gate)
        {
            look = looking;
            if (!looking.IsCompleted)
                return true;
            if (lookedAt is { } last && time.GetElapsedTime(last) < (failed ? RetryInterval : LookInterval))
                return false;
            lookedAt = time.GetTimestamp();
            look = looking = Task.Run(LookAsync, CancellationToken.None);
            return true;
        }
    }

    async Task LookAsync()
    {
        var at = time.GetTimestamp();
        try
        {
            var read = await OpenIdConnectConfigurationRetriever.GetAsync(issuer.Metadata.AbsoluteUri, documents, CancellationToken.None);
            // Section 4.3 of Discovery: or else whoever answers there could speak for others.
            if (read.Issuer != issuer.Issuer)
                throw new InvalidDataException("its document names another issuer");
            var set = new KeySet(read.JsonWebKeySet?.Keys ?? [], at, Version + 1);
            if (set.Count == 0)
                throw new InvalidDataException("it tells no key that can be used");
            lock (gate)
            {
                // What was verified by keys that are still the same stays so.
                current = current is { } before && before.IsSame(set) ? new KeySet(read.JsonWebKeySet!.Keys, at, before.Version) : set;
                failed = false;
            }

            logger.IssuerKeysRead(issuer.Issuer, set.Count);
        }
        // Whatever it answers or does not: the library has exceptions of its own for each.
        catch (Exception exception)
        {
            lock (gate)
                failed = true;
            logger.IssuerAway(issuer.Issuer, exception.GetBaseException().Message);
        }
    }
}
