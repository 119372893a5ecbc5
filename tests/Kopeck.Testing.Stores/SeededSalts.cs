using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;

namespace Kopeck.Testing.Stores;

/// <summary>Salts that a seed repeats.</summary>
public sealed class SeededSalts(int seed) : ISaltSource
{
    readonly Random random = new(seed);

    /// <inheritdoc/>
    public Digest Next()
    {
        var bytes = new byte[Digest.Length];
        lock (random)
            random.NextBytes(bytes);
        return new Digest(bytes);
    }
}
