using System.Globalization;
using System.Runtime.CompilerServices;

namespace Kopeck.Testing.Stores;

/// <summary>A fresh seed each run, printed; KOPECK_TEST_SEED repeats one. KOPECK_TEST_SCALE makes runs longer.</summary>
public static class TestSeed
{
    /// <summary>How many times longer than usual runs are.</summary>
    public static int Scale { get; } = int.TryParse(Environment.GetEnvironmentVariable("KOPECK_TEST_SCALE"), NumberStyles.None, CultureInfo.InvariantCulture, out var scale) ? Math.Max(1, scale) : 1;

    /// <summary>The seed of a test.</summary>
    public static int Next([CallerMemberName] string test = "")
    {
        var given = Environment.GetEnvironmentVariable("KOPECK_TEST_SEED");
        var seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        Console.WriteLine($"{test}: KOPECK_TEST_SEED={seed}");
        return seed;
    }
}
