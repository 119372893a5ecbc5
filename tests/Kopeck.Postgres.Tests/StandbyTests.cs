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

    [Fact]
    public async Task A_write_at_a_standby_is_told_why_it_is_not_done()
    {
        await using var pair = await PostgresPair.StartAsync();
        using var place = await PostgresPlace.CreateAsync(pair.Primary);
        using var folder = new Folder();
        var server = await Server.StartAsync(place);
        await using var running = server;
        var wallet = await server.OpenWalletAsync("EUR", "1");
        var deposit = $$"""{"kind":"deposit","key":"once","wallet":"{{wallet}}","amount":"1"}""";
        var batch = Path.Combine(folder.Path, "batch.json");
        await File.WriteAllTextAsync(batch, $$"""{"operations":[{{deposit}}]}""");

        // Tools, straight to the standby.
        var standby = place.Via(pair.Standby.Address(place.Database));
        await Checks.EventuallyAsync(
            () => Task.FromResult(Ledgers.Kopeck(standby, "verify").ExitCode == 0), "the standby to have the book");
        foreach (var command in new[]
        {
            new[] { "submit", batch, "--key", "by-hand" }, ["keys", "create", "shop", "--scopes", "read"], ["rebuild"],
        })
        {
            var refused = Ledgers.Kopeck(standby, command);
            Assert.True(refused.ExitCode == Unavailable, $"{refused.ExitCode}: {refused.Output}{refused.Errors}");
            // The last line is the command's own; the engine may have logged before it.
            Assert.Contains(
                "standby", refused.Output + refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1],
                StringComparison.Ordinal);
        }

        // A server whose address leads to one by now.
        await pair.PromoteAsync();
        await pair.FollowAsync();
        var reply = await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", "later");
        Assert.True(reply.Status == 503 && reply.Code == "storage_unavailable", reply.Body + server.Log);
        Assert.Contains("standby", reply.Body, StringComparison.Ordinal);
        Assert.Equal(503, (await server.GetAsync("/health/ready")).Status);
        Assert.DoesNotContain(" bug", server.Log, StringComparison.Ordinal);
    }
}
