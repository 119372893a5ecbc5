using System.Diagnostics;
using System.Globalization;
using Kopeck.Cli.Settings;
using Kopeck.Ledger.Fields;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck demo</c>: a new database with a believable history, made through the engine like any other.</summary>
static class DemoCommand
{
    const int Days = 90;
    const int Operations = 20_000;

    // What `serve --demo` opens where no database is named.
    const string DefaultDatabase = "sqlite:demo.db";

    const string Actor = "demo";

    public static async Task<int> RunAsync(ProgramSettings settings, string bookName, int seed)
    {
        if (!BookName.TryParse(bookName, out var book, out var error))
            throw new UsageException($"The book {bookName}: {error.Detail}");
        var (history, keyFile) = await FillAsync(settings, book, seed);
        SayWhatNext(settings, book, keyFile, history);
        return ExitCodes.Done;
    }

    /// <summary>
    /// The settings to serve a demo with: of a database that has one, or gets one now if it is new. Anybody else's book is refused.
    /// </summary>
    public static async Task<ProgramSettings> PrepareAsync(ProgramSettings settings)
    {
        if (!settings.IsDatabaseNamed)
            settings = settings with { Database = DatabaseSetting.Read(DefaultDatabase, false, "", ""), IsDatabaseNamed = true };
        await DatabaseCommands.CreateQuietlyAsync(settings);
        long head;
        await using (var session = await Session.OpenAsync(settings))
        {
            head = (await session.Store.FindBookAsync(FirstKeys.Main, CancellationToken.None))?.Head.Number ?? 0;
            // The second operation is the story's first.
            if (head > 1 && (await session.Store.GetOperationAsync(FirstKeys.Main, 2, CancellationToken.None))?.Actor.Value != Actor)
                throw new UsageException(
                    $"{settings.Database.Description} has a book main that is no demo's: leave out --demo, or name another file, such as --database sqlite:demo.db");
        }

        if (head <= 1)
            await FillAsync(settings, FirstKeys.Main, seed: 1);
        return settings;
    }

    static async Task<(DemoHistory History, string? KeyFile)> FillAsync(ProgramSettings settings, BookName book, int seed)
    {
        await DatabaseCommands.CreateQuietlyAsync(settings);
        var end = TimeProvider.System.GetUtcNow();
        var clock = new DemoClock(end.AddDays(-Days));
        await using var session = await Session.OpenAsync(settings, clock);
        if ((await session.Store.FindBookAsync(book, CancellationToken.None))?.Head.Number > 1)
            throw new UsageException(
                $"Book {book} of {settings.Database.Description} has operations already: name another book with --book, or another file, such as --database sqlite:demo.db");
        await FirstKeys.OpenBookAsync(session, settings, book);
        await FirstKeys.MakeOperatorAsync(session, settings, KeyFile(settings, KeyFiles.Operator), Console.Out.WriteLine);
        var keyFile = KeyFile(settings, book == FirstKeys.Main ? KeyFiles.Administrator : $"{book}.{KeyFiles.Administrator}");
        await FirstKeys.MakeAdministratorAsync(session, settings, book, keyFile, Console.Out.WriteLine);

        var started = Stopwatch.GetTimestamp();
        var history = new DemoHistory(session.Engine, clock, book, new Random(seed));
        using var progress = new Progress("operations");
        await history.OpenAsync();
        for (var day = 0; day < Days; day++)
            await history.PlayDayAsync(
                end.AddDays(day - Days), end, Operations * (day + 1) / Days, done => progress.Report(done, Operations));
        progress.Dispose();

        var head = (await session.Store.FindBookAsync(book, CancellationToken.None))!.Head;
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{settings.Database.Description}: {head.Number:N0} operations of {history.Customers} customers over {Days} days, {history.Rejected:N0} requests rejected, in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
        return (
            history,
            KeyFiles.Find(
                settings.KeysFolder, [keyFile, KeyFiles.Administrator], await session.Keys.ListAsync(book, CancellationToken.None)));
    }

    /// <summary>Where the demo keeps a key: beside those of another database, not in their place.</summary>
    public static string KeyFile(ProgramSettings settings, string name) =>
        File.Exists(Path.Combine(settings.KeysFolder, name)) ? $"{settings.Database.Name}.{name}" : name;

    static void SayWhatNext(ProgramSettings settings, BookName book, string? keyFile, DemoHistory history)
    {
        var database = settings.Database.Option;
        var address = settings.Http.ToString().TrimEnd('/');
        Console.Out.WriteLine($"""

            Try next:
              ./kopeck verify {database}{(book == FirstKeys.Main ? "" : $" --book {book}")}
              ./kopeck serve {database}      and open {address}/console/
            and, while it serves:
              KEY={(keyFile is null ? $"a key of book {book}" : $"$(cat {keyFile})")}
              curl -s "{address}/v1/customers?name=jo" -H "Authorization: Bearer $KEY"
              curl -s "{address}/v1/wallets/{history.SampleWallet}" -H "Authorization: Bearer $KEY"
              curl -s "{address}/v1/operations?account={history.SampleWallet}&limit=3" -H "Authorization: Bearer $KEY"
              curl -s "{address}/v1/accounts?kind=exchange" -H "Authorization: Bearer $KEY"
            """);
    }
}
