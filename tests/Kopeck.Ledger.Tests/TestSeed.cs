using System.Globalization;

namespace Kopeck.Ledger.Tests;

/// <summary>A fresh seed each run, printed; KOPECK_TEST_SEED repeats one.</summary>
static class TestSeed
{
    public static int Next()
    {
        var given = Environment.GetEnvironmentVariable("KOPECK_TEST_SEED");
        var seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        Console.WriteLine($"{TestContext.Current.Test?.TestDisplayName}: KOPECK_TEST_SEED={seed}");
        TestContext.Current.TestOutputHelper?.WriteLine($"KOPECK_TEST_SEED={seed}");
        return seed;
    }
}
