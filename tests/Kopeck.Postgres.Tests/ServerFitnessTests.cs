using Kopeck.Postgres.Connections;

namespace Kopeck.Postgres.Tests;

/// <summary>What is decided of servers that the tests do not have.</summary>
public sealed class ServerFitnessTests
{
    [Theory]
    [InlineData("90624", "version 9:")]
    [InlineData("120022", "version 12:")]
    [InlineData("130000", null)]
    [InlineData("180001", null)]
    public void A_server_older_than_version_13_is_refused_also_where_unsafe_storage_is_allowed(string version, string? says)
    {
        foreach (var allowUnsafeStorage in new[] { false, true })
        {
            var problem = ServerFitness.Problem(
                new Dictionary<string, string> { ["fsync"] = "on", ["server_version_num"] = version }, allowUnsafeStorage);
            if (says is null)
                Assert.Null(problem);
            else
                Assert.Contains(says, problem, StringComparison.Ordinal);
        }
    }
}
