using Kopeck.Testing;

namespace Kopeck.Process.Tests.Release;

/// <summary>What tools/release gives away does what README.md shows, as those who were given it run it.</summary>
public sealed class ReleaseTests(Artefacts artefacts) : IClassFixture<Artefacts>
{
    const int Nobody = 65534;

    const string Long = "KOPECK_TEST_SCALE=2 makes the artefacts and tries them; KOPECK_TEST_RELEASE names a folder of tools/release";

    [Fact]
    public void The_sums_are_those_of_the_artefacts_and_the_list_of_parts_names_what_is_inside()
    {
        Assert.SkipUnless(Artefacts.IsWanted, Long);
        var sums = File.ReadAllLines(Path.Combine(artefacts.Files, "SHA256SUMS"));
        Assert.Equal(
            Directory.GetFiles(artefacts.Files).Select(Path.GetFileName).Where(name => name != "SHA256SUMS").Order(StringComparer.Ordinal),
            sums.Select(line => line[66..]).Order(StringComparer.Ordinal));
        Assert.All(sums, line => Assert.Equal(
            line[..64], Shell.Try("sha256sum", null, Path.Combine(artefacts.Files, line[66..])).Output[..64]));
        var parts = Artefacts.Json(artefacts.PartList).GetProperty("components").EnumerateArray()
            .Select(part => part.GetProperty("purl").GetString()!);
        Assert.Contains(parts, part => part.StartsWith("pkg:nuget/Npgsql@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_binary_serves_the_readmes_scenario_for_a_user_without_rights()
    {
        Assert.SkipUnless(Artefacts.IsWanted, Long);
        var program = artefacts.UnpackBinary();
        using var folder = new Folder();
        Shell.Run("chown", $"{Nobody}:{Nobody}", folder.Path);
        var wrapped = Script(
            "binary.sh",
            $"""
            cd /
            exec env -u HOME setpriv --reuid={Nobody} --regid={Nobody} --clear-groups --inh-caps=-all --no-new-privs {program} "$@"
            """);
        await TryAsync(wrapped, folder, new Dictionary<string, string>());
    }

    [Fact]
    public async Task The_images_root_serves_the_readmes_scenario_read_only_for_the_user_that_it_names()
    {
        Assert.SkipUnless(Artefacts.IsWanted, Long);
        var (root, config) = artefacts.UnpackImage();
        var user = config.GetProperty("User").GetString()!;
        Assert.Equal("10001:10001", user);
        var start = config.GetProperty("Entrypoint")[0].GetString()!;
        var state = config.GetProperty("Env").EnumerateArray().Select(each => each.GetString()!.Split('=', 2))
            .ToDictionary(each => each[0], each => each[1], StringComparer.Ordinal);
        Assert.Equal("/var/lib/kopeck", Assert.Single(config.GetProperty("Volumes").EnumerateObject()).Name);
        using var folder = new Folder();
        Shell.Run("chown", user, folder.Path);
        // As `docker run --read-only --tmpfs /tmp --cap-drop ALL` lays it out.
        var wrapped = Script(
            "image.sh",
            $"""
            exec unshare --mount sh -c '
                set -e
                mount --bind {root} {root}
                mount --bind {folder.Path} {root}/var/lib/kopeck
                mount -t tmpfs tmpfs {root}/tmp
                mount -t tmpfs tmpfs {root}/dev
                for device in null zero random urandom; do
                    touch {root}/dev/$device
                    mount --bind /dev/$device {root}/dev/$device
                done
                mkdir -p {root}/proc 2>/dev/null || true
                mount -t proc proc {root}/proc
                mount -o remount,ro,bind {root}
                cd {root}
                exec chroot --userspec={user} --groups= {root} {start} "$@"' sh "$@"
            """);
        var place = new Volume(state["KOPECK_DATABASE"], folder.Path);
        await TryAsync(wrapped, place, new Dictionary<string, string> { ["KOPECK_KEYS"] = state["KOPECK_KEYS"], ["HOME"] = "/" });
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(root, "*", new EnumerationOptions { RecurseSubdirectories = true }),
            path => path.EndsWith(".db", StringComparison.Ordinal));
        // The image's own health command, in the image.
        var test = config.GetProperty("Healthcheck").GetProperty("Test").EnumerateArray().Select(each => each.GetString()!).ToList();
        Assert.Equal(["CMD", start, "health"], test);
    }

    [Fact]
    public void The_package_has_no_error_that_lintian_knows()
    {
        Assert.SkipUnless(Artefacts.IsWanted, Long);
        var lintian = Packages.Program("lintian", () => File.Exists("/usr/bin/lintian") ? "/usr/bin/lintian" : null);
        var looked = Shell.Try(lintian, null, "--fail-on", "error", "--allow-root", artefacts.Package);
        Assert.True(looked.ExitCode == 0, looked.Output + looked.Errors);
        var told = Shell.Try("dpkg-deb", null, "--field", artefacts.Package, "Package", "Version", "Architecture").Output;
        Assert.Equal($"Package: kopeck\nVersion: {artefacts.Number}\nArchitecture: amd64\n", told);
    }

    [Fact]
    public void The_unit_is_one_that_systemd_takes_and_finds_closed()
    {
        var analyze = Packages.Program("systemd", () => File.Exists("/usr/bin/systemd-analyze") ? "/usr/bin/systemd-analyze" : null);
        using var folder = new Folder();
        var unit = Path.Combine(folder.Path, "kopeck.service");
        // Its program is where the package puts it: here it is elsewhere.
        File.WriteAllText(
            unit,
            File.ReadAllText(Path.Combine(Shell.Repository, "packaging", "kopeck.service"))
                .Replace("ExecStart=/usr/lib/kopeck/kopeck", "ExecStart=" + Shell.Kopeck, StringComparison.Ordinal));
        var verified = Shell.Try(analyze, null, "verify", "--man=no", unit);
        Assert.True(verified.ExitCode == 0 && verified.Errors.Length == 0, verified.Output + verified.Errors);
        // 0 is closed, 10 is open to everything: what is usual for services of a network is 9. The bar is 2.5.
        var judged = Shell.Try(analyze, null, "security", "--offline=true", "--no-pager", "--threshold=25", unit);
        Assert.True(judged.ExitCode == 0, judged.Output + judged.Errors);
    }

    [Fact]
    public void The_tool_is_one_that_dotnet_installs()
    {
        Assert.SkipUnless(Artefacts.IsWanted, Long);
        var folder = Path.Combine(artefacts.Path, "tool");
        Shell.Run(
            "dotnet", "tool", "install", "kopeck", "--tool-path", folder, "--add-source", artefacts.Files, "--version", artefacts.Number);
        var told = Shell.Try(Path.Combine(folder, "kopeck"), null, "--version");
        Assert.StartsWith(artefacts.Number, told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_bare_Debian_the_package_is_installed_upgraded_removed_and_purged_and_the_ledger_stays()
    {
        Assert.SkipUnless(Artefacts.IsWanted, Long);
        // A Debian of its own is some hundred megabytes from the net.
        var tried = Shell.Try(Path.Combine(Shell.Repository, "tests", "bare-debian"), null, artefacts.Package);
        Assert.True(tried.ExitCode == 0, tried.Output + tried.Errors);
    }

    static async Task TryAsync(string program, ILedgerPlace place, IReadOnlyDictionary<string, string> variables)
    {
        await using (var server = await Server.StartAsync(place, program: program, variables: variables))
        {
            await Readme.PlayAsync(server);
            Assert.Equal(200, (await server.GetAsync("/docs")).Status);
            Assert.Equal(200, (await server.GetAsync("/console/")).Status);
            var healthy = Shell.Try(program, null, ["health", "--http", server.Url], variables);
            Assert.True(healthy.ExitCode == 0, healthy.Output + healthy.Errors);
            Assert.Equal(0, await server.StopAsync());
        }

        var all = new Dictionary<string, string>(variables) { ["KOPECK_DATABASE"] = place.Setting };
        var verified = Shell.Try(program, null, ["verify"], all);
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Errors);
        Assert.Contains("head 15:", verified.Output, StringComparison.Ordinal);
    }

    string Script(string name, string body)
    {
        var path = Path.Combine(artefacts.Path, name);
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        Shell.Run("chmod", "755", path);
        return path;
    }

    /// <summary>A ledger in the image's volume, which is a folder of the host.</summary>
    sealed record Volume(string Setting, string Keys) : ILedgerPlace
    {
        public void Dispose()
        {
            // The folder is another's.
        }
    }
}
