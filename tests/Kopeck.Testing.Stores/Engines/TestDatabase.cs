using Kopeck.Engine.Storage;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>A database of a test's own, gone when disposed.</summary>
/// <param name="ledger">The database as the program knows it.</param>
public abstract class TestDatabase(ILedgerDatabase ledger) : IAsyncDisposable
{
    /// <summary>The database as the program knows it: stores on it are several nodes.</summary>
    public ILedgerDatabase Ledger => ledger;

    /// <summary>A connection of someone who may write anything.</summary>
    public abstract RawDatabase OpenRaw();

    /// <summary>Closes the database and keeps it as it is, to be copied.</summary>
    public abstract Task<DatabaseImage> ToImageAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
