using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>Disks that fill, files that turn read-only, and files that are replaced.</summary>
public sealed class StorageTests
{
    [Fact]
    public async Task A_full_disk_answers_503_loses_nothing_reads_on_and_recovers_by_itself()
    {
        using var folder = new Folder("6m");
        await using var server = await Server.StartAsync(folder);
        var wallet = await server.OpenWalletAsync("EUR", "0");
        var ballast = Path.Combine(folder.Path, "ballast");
        Fill(ballast);
        var acknowledged = new Dictionary<string, string>();
        Reply? refused = null;
        for (var count = 0; count < 20_000 && refused is null; count++)
        {
            var reply = await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1","description":"{{new string('x', 400)}}"}""", $"full-{count}");
            if (reply.Status == 201)
                acknowledged.Add($"full-{count}", reply.Body);
            else
                refused = reply;
        }

        Assert.Equal((503, "storage_unavailable"), (refused!.Status, refused.Code));
        Assert.Equal($"{acknowledged.Count}.00", await server.PostedAsync(wallet));
        Assert.Equal(503, (await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", "still-full")).Status);

        File.Delete(ballast);
        await Checks.EventuallyAsync(async () => (await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", "recovered")).Status == 201, "recovery");
        foreach (var (key, answer) in acknowledged.Take(50))
            Assert.Equal(answer, (await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1","description":"{{new string('x', 400)}}"}""", key)).Body);
        Assert.Equal($"{acknowledged.Count + 1}.00", await server.PostedAsync(wallet));
        Ledgers.Verify(folder);
    }

    [Fact]
    public async Task A_disk_that_fills_and_empties_under_mixed_load_keeps_everything_that_was_acknowledged()
    {
        var random = new Random(TestSeed.Next());
        using var folder = new Folder("24m");
        await using var server = await Server.StartAsync(folder);
        var load = await MixedLoad.PrepareAsync(server);
        var ballast = Path.Combine(folder.Path, "ballast");
        using var stop = new CancellationTokenSource();
        var running = load.RunAsync(server, "full", 16, stop.Token);
        for (var round = 0; round < 2 * TestSeed.Scale; round++)
        {
            await load.GrowAsync(random.Next(10, 60));
            Fill(ballast, leave: random.Next(60_000));
            var before = load.Refusals;
            await Checks.EventuallyAsync(() => Task.FromResult(load.Refusals > before), "a refusal");
            Assert.Equal(200, (await server.GetAsync("/v1/accounts")).Status);
            Assert.Equal(200, (await server.GetAsync("/health/ready")).Status);
            File.Delete(ballast);
        }

        await load.GrowAsync(20);
        await stop.CancelAsync();
        await running;
        await load.AssertKeptAsync(server);
        await load.LearnAsync(server);
        await load.AssertKeptAsync(server);
        Ledgers.Verify(folder);
    }

    [Fact]
    public async Task A_file_turned_read_only_answers_503_reads_on_and_recovers_by_itself()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        var wallet = await server.OpenWalletAsync("EUR", "5");
        Shell.Run("chmod", "a-w", folder.Database);
        var refused = await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", "read-only");
        Assert.Equal((503, "storage_unavailable"), (refused.Status, refused.Code));
        Assert.Equal("5.00", await server.PostedAsync(wallet));
        Shell.Run("chmod", "u+w", folder.Database);
        await Checks.EventuallyAsync(async () => (await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", "read-only")).Status == 201, "recovery");
        Assert.Equal("6.00", await server.PostedAsync(wallet));
        Ledgers.Verify(folder);
    }

    [Theory]
    [InlineData("mv")]
    [InlineData("cp")]
    public async Task An_older_copy_in_the_files_place_stops_the_book_loudly_and_is_not_written_to(string how)
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        var wallet = await server.OpenWalletAsync("EUR", "5");
        var copy = Path.Combine(folder.Path, "older.db");
        Shell.Run(Shell.Kopeck, "db", "backup", copy, "--database", "sqlite:" + folder.Database);
        Assert.Equal(201, (await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", "newer")).Status);

        Shell.Run(how, copy, folder.Database);
        File.Delete(folder.Database + "-wal");
        File.Delete(folder.Database + "-shm");
        await AssertStoppedAsync(server, wallet);
        server.Kill();
        Assert.Equal("5.00", await ReadByItselfAsync(folder, wallet));
        Ledgers.Verify(folder);
    }

    [Fact]
    public async Task A_database_that_is_dropped_and_made_again_stops_the_book_loudly_and_is_not_written_to()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        var wallet = await server.OpenWalletAsync("EUR", "5");
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(folder.Database + suffix);
        await using (var other = await Server.StartAsync(folder))
            await other.OpenWalletAsync("EUR", "7");
        await AssertStoppedAsync(server, wallet);
        server.Kill();
        Assert.Equal("7.00", await ReadByItselfAsync(folder, wallet));
        Ledgers.Verify(folder);
    }

    internal static async Task AssertStoppedAsync(Server server, string wallet)
    {
        foreach (var attempt in new[] { "first", "second" })
        {
            var refused = await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", attempt);
            Assert.Equal((503, "storage_unavailable"), (refused.Status, refused.Code));
        }

        Assert.Equal(503, (await server.GetAsync("/v1/wallets/" + wallet)).Status);
        Assert.Equal(503, (await server.GetAsync("/health/ready")).Status);
        await Checks.EventuallyAsync(
            () => Task.FromResult(server.Log.Contains("crit:", StringComparison.Ordinal)), "a line in the log that is loud");
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("pipe")]
    [InlineData("device")]
    public void What_is_no_file_is_no_database_and_stays_what_it_is(string kind)
    {
        using var folder = new Folder();
        var path = kind == "device" ? "/dev/null" : Path.Combine(folder.Path, kind);
        if (kind == "folder")
            Directory.CreateDirectory(path);
        else if (kind == "pipe")
            Shell.Run("mkfifo", path);
        List<string[]> commands = [["db", "info"], ["db", "create"], ["db", "migrate"], ["verify"], ["serve"]];
        // Were one to put a file in its place after all, it would be this machine's only one.
        if (kind != "device")
            commands.Add(["db", "restore", Path.Combine(folder.Path, "backup.db"), "--force"]);
        Assert.Equal(0, Shell.Try(Shell.Kopeck, null, "db", "create", "--database", $"sqlite:{folder.Path}/backup.db").ExitCode);
        foreach (var command in commands)
        {
            var refused = Shell.Try(Shell.Kopeck, null, [.. command, "--database", "sqlite:" + path]);
            Assert.True(refused.ExitCode == 3, $"{string.Join(' ', command)}: {refused.ExitCode}: {refused.Output}{refused.Errors}");
            Assert.Equal($"kopeck: {path} is a folder, a device or a pipe: name a file", refused.Errors.Trim());
        }

        Assert.False(kind == "folder" ? File.Exists(path) : Directory.Exists(path) || new FileInfo(path).Length > 0);
    }

    static async Task<string> ReadByItselfAsync(Folder folder, string wallet)
    {
        var export = Shell.Try(Shell.Kopeck, null, "journal", "export", "--database", "sqlite:" + folder.Database);
        Assert.True(export.ExitCode == 0, export.Errors);
        await using var fresh = await Server.StartAsync(folder);
        return (await fresh.GetAsync("/v1/accounts?kind=wallet")).Json["items"]!.AsArray()
            .Single(account => account!["id"]!.GetValue<string>() == wallet)!["posted"]!.GetValue<string>();
    }

    /// <summary>Fills the file system but for some bytes.</summary>
    static void Fill(string path, int leave = 400_000)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var drive = new DriveInfo(Path.GetDirectoryName(path)!);
        try
        {
            while (drive.AvailableFreeSpace > leave)
                file.Write(new byte[Math.Min(1 << 16, drive.AvailableFreeSpace - leave)]);
        }
        catch (IOException)
        {
            // The server took the last of it.
        }
    }
}
