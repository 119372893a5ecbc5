using Kopeck.Testing;

namespace Kopeck.Formats.Tests;

/// <summary>
/// Files that were read by people and are compared from then on. With KOPECK_TEST_GOLDEN=write they are written anew, to be read again.
/// </summary>
static class Golden
{
    public static void Compare(string name, string actual)
    {
        var file = Path.Combine(Shell.Repository, "tests", "Kopeck.Formats.Tests", "golden", name);
        if (Environment.GetEnvironmentVariable("KOPECK_TEST_GOLDEN") == "write")
            File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"There is no golden/{name}");
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
