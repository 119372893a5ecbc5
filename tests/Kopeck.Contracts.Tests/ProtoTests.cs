using Kopeck.Testing;

namespace Kopeck.Contracts.Tests;

/// <summary>The protos are whole: they compile from a copy of their folder, and anybody can ask what a change would break.</summary>
public sealed class ProtoTests
{
    static string Source => Path.Combine(Shell.Repository, "proto");

    [Fact]
    public void Protoc_compiles_the_folder_alone()
    {
        using var folder = new Folder();
        Copy(folder);
        var files = Directory.GetFiles(Path.Combine(folder.Path, "kopeck", "v1"), "*.proto");
        var output = Path.Combine(folder.Path, "all.desc");
        // The types of protobuf itself are beside every protoc; this one's are elsewhere in its package.
        var known = Path.GetFullPath(Path.Combine(Protoc(), "..", "..", "..", "build", "native", "include"));
        Tools.Run(
            Protoc(),
            [$"--proto_path={folder.Path}", $"--proto_path={known}", "--include_imports", $"--descriptor_set_out={output}", .. files]);
        Assert.True(new FileInfo(output).Length > 10_000);
    }

    [Fact]
    public void Buf_builds_the_folder_alone_and_lints_it()
    {
        using var folder = new Folder();
        Copy(folder);
        Tools.Run(Tools.Program("buf"), "build", folder.Path);
        Tools.Run(Tools.Program("buf"), "lint", folder.Path);
    }

    [Fact]
    public async Task Buf_reads_the_released_descriptor_and_finds_a_field_that_is_gone()
    {
        using var folder = new Folder();
        Copy(folder);
        var released = Path.Combine(Source, "released", "kopeck.v1.desc") + "#format=binpb";
        Tools.Run(Tools.Program("buf"), "breaking", folder.Path, "--against", released);
        var file = Path.Combine(folder.Path, "kopeck", "v1", "operation.proto");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            file,
            text.Replace("  optional string wallet = 1;", "  reserved 1;", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        var found = Shell.Try(Tools.Program("buf"), null, "breaking", folder.Path, "--against", released);
        Assert.NotEqual(0, found.ExitCode);
        Assert.Contains("\"1\" with name \"wallet\" on message \"DepositRequest\"", found.Output, StringComparison.Ordinal);
    }

    static void Copy(Folder folder)
    {
        foreach (var file in Directory.GetFiles(Source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder.Path, Path.GetRelativePath(Source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    // The one that the build itself compiles the messages with.
    static string Protoc() => Directory.GetFiles(
        Path.Combine(Tools.NuGetCache, "grpc.tools"),
        "protoc",
        SearchOption.AllDirectories).Where(path => path.Contains("linux_x64", StringComparison.Ordinal)).Max(StringComparer.Ordinal)!;
}
