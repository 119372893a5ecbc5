using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>
/// Another file in the place of the one that a server works on: what the server still does must not touch it, also not when it ends.
/// </summary>
public sealed class ReplacedFileTests
{
    [Theory]
    [InlineData("mv", false)]
    [InlineData("mv", true)]
    [InlineData("cp", false)]
    [InlineData("cp", true)]
    public async Task An_older_copy_beside_a_log_that_is_still_there_keeps_every_byte_when_the_server_ends(string how, bool byDegrees)
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        var wallet = await server.OpenWalletAsync("EUR", "5");
        var copy = Path.Combine(folder.Path, "older.db");
        Shell.Run(Shell.Kopeck, "db", "backup", copy, "--database", "sqlite:" + folder.Database);
        var older = await File.ReadAllBytesAsync(copy);
        await FillLogAsync(server, folder, wallet);

        Shell.Run(how, copy, folder.Database);
        if (byDegrees)
            Assert.Equal(503, (await server.GetAsync("/health/ready")).Status);
        await StorageTests.AssertStoppedAsync(server, wallet);
        Assert.Equal(0, await server.StopAsync());
        Assert.True(IsSame(older, await File.ReadAllBytesAsync(folder.Database)), "the copy was written to");
    }

    [Fact]
    public async Task A_server_whose_file_was_made_anew_ends_without_taking_the_new_servers_log_away()
    {
        using var folder = new Folder();
        await using var old = await Server.StartAsync(folder);
        var wallet = await old.OpenWalletAsync("EUR", "5");
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(folder.Database + suffix);
        await using (var fresh = await Server.StartAsync(folder))
        {
            var load = await MixedLoad.PrepareAsync(fresh);
            using var stop = new CancellationTokenSource();
            var running = load.RunAsync(fresh, "fresh", 4, stop.Token);
            await load.GrowAsync(20);
            await StorageTests.AssertStoppedAsync(old, wallet);
            Assert.Equal(0, await old.StopAsync());
            await load.GrowAsync(20);
            await stop.CancelAsync();
            await running;
            Assert.Equal(0, load.Refusals);
            fresh.Kill();
            await using var again = await Server.StartAsync(folder);
            await load.AssertKeptAsync(again);
        }

        Ledgers.Verify(folder);
    }

    [Fact]
    public async Task A_server_without_its_file_refuses_and_makes_no_new_one()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        var wallet = await server.OpenWalletAsync("EUR", "5");
        File.Delete(folder.Database);
        await StorageTests.AssertStoppedAsync(server, wallet);
        Assert.Equal(0, await server.StopAsync());
        Assert.False(File.Exists(folder.Database));
    }

    static bool IsSame(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);

    /// <summary>
    /// Writes until the log was brought into the file and began again: then an older copy differs from the file, and the log holds a few
    /// newer pages. One operation a commit: a copy that is much smaller than its log says SQLite itself finds out.
    /// </summary>
    static async Task FillLogAsync(Server server, Folder folder, string wallet)
    {
        var before = await File.ReadAllBytesAsync(folder.Database);
        var count = 0;
        async Task<bool> IsChangedAsync()
        {
            Assert.Equal(201, (await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", $"fill-{count++}")).Status);
            return !IsSame(before, await File.ReadAllBytesAsync(folder.Database));
        }

        while (!await IsChangedAsync())
            Assert.True(count < 5_000, "the log is never brought into the file");
        for (var after = 0; after < 5; after++)
            await IsChangedAsync();
    }
}
