using Kopeck.Engine;
using Kopeck.Engine.Storage;

namespace Kopeck.Server.Hosting;

/// <summary>
/// Whether this node can serve: the store answers and takes writes. A single book that is stopped or broken is told by metrics: the node
/// serves the others.
/// </summary>
sealed class Readiness(LedgerEngine engine)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await engine.CheckAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is StorageUnavailableException or TimeoutException)
        {
            return false;
        }
    }
}
