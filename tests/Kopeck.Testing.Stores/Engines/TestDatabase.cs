using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>A database of a test's own, gone when disposed.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>A store as a node would open it: several of them are several nodes.</summary>
    public abstract ILedgerStore OpenStore();

    /// <summary>The rows as they stand.</summary>
    public abstract IVerificationStore OpenVerification();

    /// <summary>Makes the derived tables of a book anew.</summary>
    public abstract VerificationResult Rebuild(BookName book);

    /// <summary>A connection of someone who may write anything.</summary>
    public abstract RawDatabase OpenRaw();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
