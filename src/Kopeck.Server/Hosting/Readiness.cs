using Kopeck.Engine;
using Kopeck.Engine.Storage;

namespace Kopeck.Server.Hosting;

/// <summary>
/// Whether this node can serve: the store answers and takes writes, and the clock is right. A single book that is stopped or broken is told
/// by metrics: the node serves the others.
/// </summary>
sealed class Readiness(LedgerEngine engine)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken) => await FindProblemAsync(cancellationToken) is null;

    /// <summary>Why it cannot, in a word: strangers are told no more; null when it can.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            await engine.CheckAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
            return null;
        }
        catch (ClockSkewException)
        {
            return "clock_skew";
        }
        catch (Exception exception) when (exception is StorageUnavailableException or TimeoutException)
        {
            return "storage_unavailable";
        }
    }
}
