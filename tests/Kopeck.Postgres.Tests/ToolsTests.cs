using System.Globalization;
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

    [Fact]
    public async Task A_backup_is_made_and_restored_by_an_address_of_several_hosts_of_which_one_is_down()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.ExecuteAsync($"ALTER ROLE {PostgresServer.User} CREATEDB");
        using var place = await PostgresPlace.CreateAsync(server);
        using var folder = new Folder();
        var absent = FreePorts.Take();
        string wallet;
        await using (var serving = await Server.StartAsync(place))
            wallet = await serving.OpenWalletAsync("EUR", "1");
        foreach (var ports in new[] { new[] { absent, server.Port }, [server.Port, absent] })
        {
            var hosts = string.Join(',', ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")));
            var several = place.Via($"Host={hosts};Database={place.Database};Username={PostgresServer.User};Password={server.Password}");
            var backup = Path.Combine(folder.Path, string.Create(CultureInfo.InvariantCulture, $"backup-{ports[0]}"));
            foreach (var command in new[] { new[] { "db", "backup", backup }, ["db", "restore", backup, "--force"] })
            {
                var done = Ledgers.Kopeck(several, command);
                Assert.True(done.ExitCode == 0, $"{string.Join(' ', command)}: {done.Output}{done.Errors}");
            }

            Ledgers.Verify(several);
        }

        await using var again = await Server.StartAsync(place);
        Assert.Equal("1.00", await again.PostedAsync(wallet));
    }

    [Fact]
    public async Task A_backup_that_is_absent_no_backup_or_cut_short_is_refused_before_anything_is_deleted()
    {
        var server = await PostgresServer.SharedAsync();
        await server.ExecuteAsync($"ALTER ROLE {PostgresServer.User} CREATEDB");
        using var place = await PostgresPlace.CreateAsync(server);
        using var folder = new Folder();
        string wallet;
        await using (var serving = await Server.StartAsync(place))
            wallet = await serving.OpenWalletAsync("EUR", "1");
        var backup = Path.Combine(folder.Path, "backup");
        Assert.Equal(0, Ledgers.Kopeck(place, "db", "backup", backup).ExitCode);
        var bytes = await File.ReadAllBytesAsync(backup);
        var cut = Path.Combine(folder.Path, "cut");
        var other = Path.Combine(folder.Path, "other");
        await File.WriteAllBytesAsync(cut, bytes[..^(bytes.Length / 4)]);
        await File.WriteAllTextAsync(other, "SELECT 1;");
        foreach (var file in new[] { Path.Combine(folder.Path, "absent"), other, cut })
        {
            var refused = Ledgers.Kopeck(place, "db", "restore", file, "--force");
            Assert.True(refused.ExitCode is not 0, file);
            Assert.DoesNotContain("   at ", refused.Errors, StringComparison.Ordinal);
            Ledgers.Verify(place);
        }

        await using var again = await Server.StartAsync(place);
        Assert.Equal("1.00", await again.PostedAsync(wallet));
    }
}
