using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kopeck.Testing;

namespace Kopeck.Statements.Laws.Tests;

/// <summary>Long statements stream: the server's memory stays near that of an idle one, however long they are.</summary>
public sealed class MemoryTests
{
    const int Operations = 40_000;
    const int PostedEntries = 10_000;
    const int LongForm = 1_000_000;
    const long MostKilobytes = 64 << 10;

    static readonly string[] Formats = ["csv-summary", "ndjson", "xml", "xlsx", "camt053"];

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public Task A_long_statement_takes_less_than_64_megabytes_above_the_idle_server(StorageEngine engine) =>
        MeasureAsync(engine, TestSeed.Times(Operations, LongForm), Deposits.FillAsync);

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public Task So_does_a_statement_of_postings_with_a_thousand_legs(StorageEngine engine) =>
        MeasureAsync(engine, TestSeed.Times(PostedEntries, LongForm), Deposits.PostAsync);

    static async Task MeasureAsync(StorageEngine engine, int count, Func<Server, string, int, Task> fill)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        string wallet, small;
        await using (var filling = await Server.StartAsync(place))
        {
            wallet = await filling.OpenWalletAsync("EUR", "0");
            small = await filling.OpenWalletAsync("EUR", "1");
            await fill(filling, wallet, count / Deposits.BatchLength);
        }

        await using var server = await Server.StartAsync(place);
        using var client = new HttpClient { BaseAddress = server.Http, Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", server.Key);
        // Idle is a server whose code is loaded.
        foreach (var format in Formats)
            await DrainAsync(client, small, format);
        var idle = Kilobytes(server, "VmRSS");
        foreach (var format in Formats)
        {
            // The kernel's high water mark starts anew.
            await File.WriteAllTextAsync($"/proc/{server.ProcessId}/clear_refs", "5", TestContext.Current.CancellationToken);
            var clock = Stopwatch.StartNew();
            var bytes = await DrainAsync(client, wallet, format);
            var above = Kilobytes(server, "VmHWM") - idle;
            Console.WriteLine(
                $"{engine}, {count} entries as {format}: {bytes} bytes in {clock.ElapsedMilliseconds} ms, {above} KB above {idle} KB");
            Assert.True(bytes > 30L * count);
            Assert.True(above < MostKilobytes, $"{format}: {above} KB above {idle} KB");
        }
    }

    static async Task<long> DrainAsync(HttpClient client, string wallet, string format)
    {
        using var reply = await client.GetAsync(
            $"/v1/wallets/{wallet}/statement?format={format}", HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, $"{format}: {(int)reply.StatusCode}");
        await using var body = await reply.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[64 << 10];
        long bytes = 0;
        while (await body.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
            bytes += read;
        return bytes;
    }

    static long Kilobytes(Server server, string what)
    {
        var line = File.ReadLines($"/proc/{server.ProcessId}/status", Encoding.ASCII)
            .First(each => each.StartsWith(what + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', '\t').First(part => part.Length > 0 && char.IsAsciiDigit(part[0])), CultureInfo.InvariantCulture);
    }
}
