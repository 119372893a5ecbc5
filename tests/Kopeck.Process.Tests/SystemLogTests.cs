using System.Net.Sockets;
using System.Text;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>What commands do is told to whoever guards the machine, and their answers are for whoever runs them.</summary>
public sealed class SystemLogTests
{
    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task What_commands_do_is_told_to_the_systems_log_and_not_into_their_answers(StorageEngine engine)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        await using (var server = await Server.StartAsync(place))
            await server.OpenWalletAsync("EUR", "5");
        using var folder = new Folder();
        var path = Path.Combine(folder.Path, "log");
        using var log = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        log.Bind(new UnixDomainSocketEndPoint(path));
        foreach (var (arguments, told) in new (string[], string)[]
        {
            (["keys", "create", "shop", "--scopes", "read"], "Kopeck.Security[313] key made: shop with Read, by key=cli book=main"),
            (["keys", "change", "shop", "--per-second", "5"], "Kopeck.Security[318] key changed: shop, by key=cli book=main"),
            (["keys", "rotate", "shop"], "Kopeck.Security[319] key rotated: shop, by key=cli book=main"),
            (["keys", "revoke", "shop"], "Kopeck.Security[314] key revoked: shop, by key=cli book=main"),
            (["journal", "export"], "Kopeck.Security[320] journal exported: book=main after 0, with personal values: True, by key=cli"),
            (["report", "trial-balance"], "Kopeck.Security[317] file drawn: report trial-balance, by key=cli book=main"),
        })
        {
            var done = Ledgers.Kopeck(place, [.. arguments, "--security-log", path]);
            Assert.True(done.ExitCode == 0, done.Errors);
            Assert.DoesNotContain("Kopeck.Security", done.Errors, StringComparison.Ordinal);
            var line = Receive(log);
            Assert.Matches(@"^<86>[A-Z][a-z]{2} [ 1-3][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} kopeck\[[0-9]+\]: Kopeck\.Security\[", line);
            Assert.Contains(told, line, StringComparison.Ordinal);
            Assert.DoesNotContain("kopeck_", line, StringComparison.Ordinal);
            Assert.DoesNotContain("Test Customer", line, StringComparison.Ordinal);
        }

        // Nobody listens: the command does its work all the same.
        log.Close();
        Assert.Equal(0, Ledgers.Kopeck(place, "report", "trial-balance", "--security-log", path).ExitCode);
        var loud = Ledgers.Kopeck(place, "report", "trial-balance", "--security-log", "stderr");
        Assert.Contains("Kopeck.Security[317] file drawn", loud.Errors, StringComparison.Ordinal);
        var wrong = Ledgers.Kopeck(place, "report", "trial-balance", "--security-log", "syslog");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("KOPECK_SECURITY_LOG", Assert.Single(wrong.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    static string Receive(Socket log)
    {
        var bytes = new byte[4096];
        log.ReceiveTimeout = 10_000;
        return Encoding.UTF8.GetString(bytes, 0, log.Receive(bytes));
    }
}
