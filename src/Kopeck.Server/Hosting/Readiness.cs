using Kopeck.Engine;
using Kopeck.Engine.Storage;

namespace Kopeck.Server.Hosting;

/// <summary>Whether this node can serve: its books run, and the store answers.</summary>
sealed class Readiness(LedgerEngine engine)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            engine.ThrowIfAnyStopped();
            await engine.Store.ListBooksAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is StorageUnavailableException or TimeoutException)
        {
            return false;
        }
    }
}
