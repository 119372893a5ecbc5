using Kopeck.Cli.Settings;
using Kopeck.Sqlite;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck db</c>: making, upgrading, copying and dropping the database.</summary>
static class DatabaseCommands
{
    public static int Create(ProgramSettings settings)
    {
        SqliteDatabase.Create(settings.DatabasePath, TimeProvider.System);
        SqliteDatabase.RequireCurrent(settings.DatabasePath);
        Console.Out.WriteLine($"{settings.DatabasePath} is ready, version {SqliteDatabase.CurrentVersion}");
        return ExitCodes.Done;
    }

    public static int Drop(ProgramSettings settings, bool isSure)
    {
        if (!isSure)
        {
            if (Console.IsInputRedirected)
                throw new UsageException("`kopeck db drop` asks on a terminal; in a script say --yes");
            Console.Out.Write($"Delete {settings.DatabasePath} with all its books for ever? Type yes: ");
            if (Console.In.ReadLine()?.Trim() != "yes")
            {
                Console.Out.WriteLine("Nothing was deleted");
                return ExitCodes.Failed;
            }
        }

        SqliteDatabase.Drop(settings.DatabasePath);
        Console.Out.WriteLine($"{settings.DatabasePath} is deleted");
        return ExitCodes.Done;
    }

    public static int Migrate(ProgramSettings settings)
    {
        var count = SqliteDatabase.Migrate(settings.DatabasePath, TimeProvider.System);
        Console.Out.WriteLine($"{settings.DatabasePath}: {count} migration{(count == 1 ? "" : "s")} applied, version {SqliteDatabase.CurrentVersion}");
        return ExitCodes.Done;
    }

    public static int Info(ProgramSettings settings, bool isJson)
    {
        var info = SqliteDatabase.Inspect(settings.DatabasePath);
        Output.Table(
            isJson,
            ["book", "baseCurrency", "quoteMaxAgeDays", "operations", "lastAt", "headHash"],
            info.Books.Select(book => new[] { book.Book.Value, book.BaseCurrency, Output.Text(book.QuoteMaxAgeDays), Output.Text(book.Head.Number), book.Head.At.ToString(), book.Head.Hash.ToString() }),
            [("database", info.Path), ("version", $"{info.Version} of {SqliteDatabase.CurrentVersion}"), ("bytes", Output.Text(info.Bytes))]);
        return ExitCodes.Done;
    }

    public static int Backup(ProgramSettings settings, string target, bool overwrite)
    {
        using var progress = new Progress("pages copied");
        SqliteDatabase.Backup(settings.DatabasePath, target, overwrite, (done, total) => progress.Report(done, total));
        progress.Dispose();
        Console.Out.WriteLine($"{Path.GetFullPath(target)} holds a copy of {settings.DatabasePath}");
        return ExitCodes.Done;
    }

    public static int Restore(ProgramSettings settings, string source, bool overwrite)
    {
        SqliteDatabase.Restore(source, settings.DatabasePath, overwrite);
        Console.Out.WriteLine($"{settings.DatabasePath} is restored from {Path.GetFullPath(source)}; `kopeck verify` proves it");
        return ExitCodes.Done;
    }
}
