using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;

namespace Kopeck.Laws.Tests.Driving;

/// <summary>Salts that a seed repeats.</summary>
sealed class SeededSalts(int seed) : ISaltSource
{
    readonly Random random = new(seed);

    public Digest Next()
    {
        var bytes = new byte[Digest.Length];
        lock (random)
            random.NextBytes(bytes);
        return new Digest(bytes);
    }
}
