using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>The short form of the security campaign (tools/attack), which has its scripts in tests/attack.</summary>
public sealed class AttackTests
{
    static readonly (string Package, string Module)[] Needed =
        [("python3-grpcio", "grpc"), ("python3-protobuf", "google.protobuf"), ("python3-h2", "h2")];

    [Fact]
    public void What_the_quick_attacks_were_promised_holds()
    {
        foreach (var (package, module) in Needed)
            Packages.Program(
                package, () => Shell.Try("/usr/bin/python3", null, "-c", "import " + module).ExitCode == 0 ? "/usr/bin/python3" : null);
        Packages.Program("protobuf-compiler", () => File.Exists("/usr/bin/protoc") ? "/usr/bin/protoc" : null);
        var result = Shell.Try(Path.Combine(Shell.Repository, "tools", "attack"), null, "--short");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }
}
