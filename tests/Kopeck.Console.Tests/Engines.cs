using Kopeck.Testing;

namespace Kopeck.Console.Tests;

/// <summary>
/// The engines behind a test of the console. It sees the same answers from both, which other tests compare: in the short form each test has
/// one, in the long form, KOPECK_TEST_SCALE=2, both.
/// </summary>
public static class Engines
{
    public static TheoryData<StorageEngine> Of(StorageEngine engine) =>
        TestSeed.Scale == 1 ? [engine] : [StorageEngine.Sqlite, StorageEngine.Postgres];
}
