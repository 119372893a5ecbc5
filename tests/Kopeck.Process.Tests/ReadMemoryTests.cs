using System.Globalization;
using System.Text.RegularExpressions;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>
/// A reader with a key of scope read asks for lists with a thousand limits: the server's memory stays flat. The long form, 100,000 reads:
/// KOPECK_TEST_SCALE=50.
/// </summary>
public sealed partial class ReadMemoryTests
{
    const int Reads = 2_000;
    const int WarmUp = 2_000;
    const int Readers = 8;
    const long MostGrowthKiB = 20 << 10;

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task Lists_with_a_thousand_limits_and_filters_leave_the_servers_memory_as_it_was(StorageEngine engine)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        await using var server = await Server.StartAsync(place, log: "warning");
        await server.OpenWalletAsync("EUR", "1");
        await AskAsync(server, 0, WarmUp);
        var before = await MemoryAsync(server);
        await AskAsync(server, WarmUp, Reads * TestSeed.Scale);
        var grown = await MemoryAsync(server) - before;
        Assert.True(grown < MostGrowthKiB, $"{Reads * TestSeed.Scale} reads left {grown} KiB more than {before}");
    }

    static async Task AskAsync(Server server, int first, int count)
    {
        string[] lists =
        [
            "/v1/accounts?", "/v1/accounts?kind=wallet&", "/v1/accounts?currency=EUR&", "/v1/customers?", "/v1/customers?country=PT&",
            "/v1/customers?name=t&", "/v1/operations?", "/v1/operations?kind=deposit&", "/v1/operations?account=4&"
        ];
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(async reader =>
        {
            for (var read = first + reader; read < first + count; read += Readers)
            {
                var limit = (read % 1_000 + 1).ToString(CultureInfo.InvariantCulture);
                var reply = await server.GetAsync($"{lists[read % lists.Length]}limit={limit}&order={(read % 2 == 0 ? "asc" : "desc")}");
                Assert.True(reply.Status == 200, reply.Body);
            }
        }));
    }

    /// <summary>What it holds, the least of some looks.</summary>
    static async Task<long> MemoryAsync(Server server)
    {
        var least = long.MaxValue;
        for (var look = 0; look < 10; look++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            var status = await File.ReadAllTextAsync($"/proc/{server.ProcessId}/status", TestContext.Current.CancellationToken);
            least = Math.Min(least, long.Parse(Resident().Match(status).Groups[1].Value, CultureInfo.InvariantCulture));
        }

        return least;
    }

    [GeneratedRegex(@"VmRSS:\s+(\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Resident();
}
