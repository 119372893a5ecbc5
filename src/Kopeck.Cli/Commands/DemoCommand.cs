using System.Diagnostics;
using System.Globalization;
using Kopeck.Cli.Settings;
using Kopeck.Sqlite;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck demo</c>: a new database with a believable history, made through the engine like any other.</summary>
static class DemoCommand
{
    const int Days = 90;
    const int Operations = 20_000;

    public static async Task<int> RunAsync(ProgramSettings settings, int seed)
    {
        SqliteDatabase.Create(settings.DatabasePath, TimeProvider.System);
        var end = TimeProvider.System.GetUtcNow();
        var clock = new DemoClock(end.AddDays(-Days));
        await using var session = Session.Open(settings, clock);
        if ((await session.Store.ListBooksAsync(CancellationToken.None)).Any(book => book.Head.Number > 1))
            throw new UsageException($"{settings.DatabasePath} has operations already: name another file with --database, such as --database sqlite:demo.db");
        await FirstKeys.MakeAsync(session, settings, Console.Out.WriteLine);

        var started = Stopwatch.GetTimestamp();
        var history = new DemoHistory(session.Engine, clock, FirstKeys.Main, new Random(seed));
        using var progress = new Progress("operations");
        await history.OpenAsync();
        for (var day = 0; day < Days; day++)
            await history.PlayDayAsync(end.AddDays(day - Days), end, Operations * (day + 1) / Days, done => progress.Report(done, Operations));
        progress.Dispose();

        var head = (await session.Store.FindBookAsync(FirstKeys.Main, CancellationToken.None))!.Head;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{settings.DatabasePath}: {head.Number:N0} operations of {history.Customers} customers over {Days} days, {history.Rejected:N0} requests rejected, in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
        SayWhatNext(settings, history);
        return ExitCodes.Done;
    }

    static void SayWhatNext(ProgramSettings settings, DemoHistory history)
    {
        var database = $"--database sqlite:{Path.GetRelativePath(Environment.CurrentDirectory, settings.DatabasePath)}";
        var address = settings.Http.ToString().TrimEnd('/');
        Console.Out.WriteLine($"""

            Try next:
              ./kopeck verify {database}
              ./kopeck serve {database}
            and, while it serves:
              KEY=$(cat {Path.Combine(settings.KeysFolder, "admin.key")})
              curl -s "{address}/v1/customers?name=jo" -H "Authorization: Bearer $KEY"
              curl -s "{address}/v1/wallets/{history.SampleWallet}" -H "Authorization: Bearer $KEY"
              curl -s "{address}/v1/operations?account={history.SampleWallet}&limit=3" -H "Authorization: Bearer $KEY"
              curl -s "{address}/v1/accounts?kind=exchange" -H "Authorization: Bearer $KEY"
            """);
    }
}
