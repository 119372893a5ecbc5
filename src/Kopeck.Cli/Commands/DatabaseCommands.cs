using Kopeck.Cli.Settings;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck db</c>: making, upgrading, copying and dropping the database.</summary>
static class DatabaseCommands
{
    public static async Task<int> Create(ProgramSettings settings, bool isDistributed)
    {
        await using var database = settings.Database.Open();
        await database.CreateAsync(TimeProvider.System);
        await database.RequireCurrentAsync();
        if (isDistributed)
            await database.DistributeAsync();
        Console.Out.WriteLine(
            $"{database.Description} is ready, version {database.CurrentVersion}{(isDistributed ? ", spread over its servers by book" : "")}");
        return ExitCodes.Done;
    }

    public static async Task<int> Distribute(ProgramSettings settings)
    {
        await using var database = settings.Database.Open();
        var spread = await database.DistributeAsync();
        Console.Out.WriteLine(
            $"{database.Description} is spread over its servers by book: {(spread.Count == 0 ? "it was already" : $"{spread.Count} tables")}; `kopeck db info` shows where each book is");
        return ExitCodes.Done;
    }

    /// <summary>Makes the database where it is missing, and the tables where it is empty.</summary>
    public static async Task CreateQuietlyAsync(ProgramSettings settings)
    {
        await using var database = settings.Database.Open();
        await database.CreateAsync(TimeProvider.System);
    }

    public static async Task<int> Drop(ProgramSettings settings, bool isSure)
    {
        await using var database = settings.Database.Open();
        if (!isSure)
        {
            if (Console.IsInputRedirected)
                throw new UsageException("`kopeck db drop` asks on a terminal; in a script say --yes");
            Console.Out.Write($"Delete {database.Description} with all its books for ever? Type yes: ");
            if (Console.In.ReadLine()?.Trim() != "yes")
            {
                Console.Out.WriteLine("Nothing was deleted");
                return ExitCodes.Failed;
            }
        }

        await database.DropAsync();
        Console.Out.WriteLine($"{database.Description} is deleted");
        return ExitCodes.Done;
    }

    public static async Task<int> Migrate(ProgramSettings settings)
    {
        await using var database = settings.Database.Open();
        var count = await database.MigrateAsync(TimeProvider.System);
        Console.Out.WriteLine(
            $"{database.Description}: {count} migration{(count == 1 ? "" : "s")} applied, version {database.CurrentVersion}");
        return ExitCodes.Done;
    }

    static readonly string[] BookHeadings = ["book", "baseCurrency", "quoteMaxAgeDays", "operations", "lastAt", "headHash"];

    public static async Task<int> Info(ProgramSettings settings, bool isJson)
    {
        await using var database = settings.Database.Open();
        var info = await database.InspectAsync();
        Output.Table(
            isJson,
            info.Servers.Count > 0 ? [.. BookHeadings, "server"] : BookHeadings,
            info.Books.Select(
                book =>
                    new[]
                    {
                        book.Book.Value,
                        book.BaseCurrency,
                        Output.Text(book.Terms.QuoteMaxAgeDays),
                        Output.Text(book.Head.Number),
                        book.Head.At.ToString(),
                        book.Head.Hash.ToString()
                    }.Concat(info.Servers.Count > 0 ? [info.Servers.GetValueOrDefault(book.Book, "")] : []).ToArray()),
            [
                ("database", database.Description), ("version", $"{info.Version} of {database.CurrentVersion}"),
                ("bytes", Output.Text(info.Bytes)),
                .. info.Books.Unreadable.Count == 0
                    ? Array.Empty<(string, string)>()
                    : [("unreadable", string.Join("; ", info.Books.Unreadable.Select(book => $"{book.Book}{(info.Servers.TryGetValue(book.Book, out var server) ? $" on {server}" : "")}: {book.Reason}")))]]);
        return ExitCodes.Done;
    }

    public static async Task<int> Backup(ProgramSettings settings, string target, bool overwrite)
    {
        await using var database = settings.Database.Open();
        using var progress = new Progress("pages copied");
        await database.BackupAsync(target, overwrite, progress.Report);
        progress.Dispose();
        Console.Out.WriteLine($"{Path.GetFullPath(target)} holds a copy of {database.Description}");
        return ExitCodes.Done;
    }

    public static async Task<int> Restore(ProgramSettings settings, string source, bool overwrite)
    {
        await using var database = settings.Database.Open();
        if (await database.RestoreAsync(source, overwrite) is { } leftOut)
            Console.Error.WriteLine($"kopeck: rights of other roles were left out: {leftOut}");
        Console.Out.WriteLine($"{database.Description} is restored from {Path.GetFullPath(source)}; `kopeck verify` proves it");
        return ExitCodes.Done;
    }
}
