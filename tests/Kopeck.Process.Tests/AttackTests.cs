using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>The short form of the security campaign (tools/attack), which has its scripts in tests/attack.</summary>
public sealed class AttackTests
{
    static readonly string[] Modules = ["grpc", "google.protobuf", "h2"];

    [Fact]
    public void What_the_quick_attacks_were_promised_holds()
    {
        foreach (var (package, module) in new[] { "python3-grpcio", "python3-protobuf", "python3-h2" }.Zip(Modules))
            Packages.Program(
                package, () => Shell.Try("/usr/bin/python3", null, "-c", "import " + module).ExitCode == 0 ? "/usr/bin/python3" : null);
        Packages.Program("protobuf-compiler", () => File.Exists("/usr/bin/protoc") ? "/usr/bin/protoc" : null);
        var result = Shell.Try(Path.Combine(Shell.Repository, "tools", "attack"), null, "--short");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }
}
