using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>A server needs the primary: a standby may not have what was acknowledged, and takes no writes.</summary>
public sealed class StandbyTests
{
    const int Unavailable = 3;

    [Fact]
    public async Task A_standby_by_its_own_address_is_refused_at_the_start_and_told_in_one_line_and_may_be_verified()
    {
        await using var pair = await PostgresPair.StartAsync();
        using var place = await PostgresPlace.CreateAsync(pair.Primary);
        await using (var server = await Server.StartAsync(place))
            await server.OpenWalletAsync("EUR", "1");
        var standby = place.Via(pair.Standby.Address(place.Database));
        await Checks.EventuallyAsync(
            () => Task.FromResult(Ledgers.Kopeck(standby, "verify").ExitCode == 0), "the standby to have the book");
        var refused = Ledgers.Kopeck(standby, "serve", "--http", "http://127.0.0.1:0", "--grpc", "none");
        Assert.True(refused.ExitCode == Unavailable, refused.Output + refused.Errors);
        Assert.Contains(
            "standby", Assert.Single(refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
