using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>Passwords that are in a file, for a server that asks for them by SCRAM.</summary>
public sealed class PasswordFileTests
{
    [Fact]
    public async Task A_password_is_taken_from_the_file_that_the_address_or_the_environment_names()
    {
        var server = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        var bare = $"postgres://{PostgresServer.User}@127.0.0.1:{server.Port}/{place.Database}";
        var right = await WriteAsync(place, "right", server.Password);
        var wrong = await WriteAsync(place, "wrong", "shush" + server.Password);
        Assert.Equal(0, Run(place, $"{bare}?passfile={Uri.EscapeDataString(right)}", null).ExitCode);
        Assert.Equal(
            0,
            Run(
                place, $"Host=127.0.0.1;Port={server.Port};Database={place.Database};Username={PostgresServer.User};Passfile={right}",
                null).ExitCode);
        Assert.Equal(0, Run(place, bare, right).ExitCode);
        AssertRefused(server, Run(place, $"{bare}?passfile={Uri.EscapeDataString(wrong)}", null), "refuses the user or the password");
        AssertRefused(server, Run(place, bare, wrong), "refuses the user or the password");
        AssertRefused(server, Run(place, bare, right + ".absent"), "no file");

        await using var serving =
            await Server.StartAsync(place.Via(bare), variables: new Dictionary<string, string> { ["PGPASSFILE"] = right });
        await serving.OpenWalletAsync("EUR", "1");
    }

    static ShellResult Run(PostgresPlace place, string setting, string? file)
    {
        var variables = new Dictionary<string, string> { ["KOPECK_DATABASE"] = setting, ["KOPECK_KEYS"] = place.Keys };
        if (file is not null)
            variables["PGPASSFILE"] = file;
        return Shell.Try(Shell.Kopeck, null, ["db", "info"], variables);
    }

    static void AssertRefused(PostgresServer server, ShellResult refused, string says)
    {
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains(says, Assert.Single(refused.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Password, refused.Errors + refused.Output, StringComparison.Ordinal);
    }

    static async Task<string> WriteAsync(PostgresPlace place, string name, string password)
    {
        var file = Path.Combine(place.Keys, name + ".pgpass");
        await File.WriteAllTextAsync(file, $"127.0.0.1:*:*:{PostgresServer.User}:{password}\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
