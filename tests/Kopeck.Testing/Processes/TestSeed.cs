using System.Globalization;

namespace Kopeck.Testing;

/// <summary>A fresh seed each run, printed; KOPECK_TEST_SEED repeats one. KOPECK_TEST_SCALE makes runs longer.</summary>
public static class TestSeed
{
    public static int Scale { get; } =
        int.TryParse(
            Environment.GetEnvironmentVariable("KOPECK_TEST_SCALE"), NumberStyles.None, CultureInfo.InvariantCulture, out var scale)
            ? Math.Max(1, scale)
            : 1;

    /// <summary>So many times the scale, but not more than the long form has.</summary>
    public static int Times(int count, int atMost) => (int)Math.Min(atMost, (long)count * Scale);

    public static int Next()
    {
        var given = Environment.GetEnvironmentVariable("KOPECK_TEST_SEED");
        var seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        Console.WriteLine($"{TestContext.Current.Test?.TestDisplayName}: KOPECK_TEST_SEED={seed}");
        return seed;
    }
}
