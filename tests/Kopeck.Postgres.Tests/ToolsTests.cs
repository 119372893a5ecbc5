using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>The commands beside the server, on the settings that servers are run with.</summary>
public sealed class ToolsTests
{
    [Fact]
    public async Task A_pool_of_one_connection_is_enough_to_verify_and_to_rebuild()
    {
        using var place = await PostgresPlace.CreateAsync();
        await using (var serving = await Server.StartAsync(place))
            await serving.OpenWalletAsync("EUR", "1");
        var small = place.Via(place.Setting + "?Maximum%20Pool%20Size=1");
        Ledgers.Verify(small);
        var rebuilt = Ledgers.Kopeck(small, "rebuild");
        Assert.True(rebuilt.ExitCode == 0, rebuilt.Output + rebuilt.Errors);
        Ledgers.Verify(small);
    }
}
