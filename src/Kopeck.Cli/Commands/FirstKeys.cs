using Kopeck.Cli.Settings;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Cli.Commands;

/// <summary>What the first start on an empty database makes: the book main, the operator's key and main's administrator key.</summary>
static class FirstKeys
{
    public static readonly BookName Main = BookName.Parse("main");
    static readonly KeyName System = KeyName.Parse("system");
    static readonly KeyName Operator = KeyName.Parse("operator");
    static readonly KeyName Administrator = KeyName.Parse("admin");

    /// <summary>Opens main if there are no books, and makes the keys that are missing. A key's file is written before the key: a start that was cut off leaves a file that the next start replaces, never a key that nobody has.</summary>
    public static async Task MakeAsync(Session session, ProgramSettings settings, Action<string> say)
    {
        var books = await session.Store.ListBooksAsync(CancellationToken.None);
        if (books.Count == 0)
        {
            var outcome = await session.Engine.OpenBookAsync(Main, settings.BaseCurrency, settings.QuoteMaxAgeDays, System);
            if (outcome.Rejection is { } rejection && rejection.Code != ErrorCode.AlreadyExists)
                throw new StorageUnavailableException(rejection.Detail);
        }

        await MakeAsync(session, settings, null, Operator, Scopes.None, "operator.key", say);
        if (books.Count == 0 || books.Any(book => book.Book == Main))
            await MakeAsync(session, settings, Main, Administrator, Scopes.Admin, "admin.key", say);
    }

    static async Task MakeAsync(Session session, ProgramSettings settings, BookName? book, KeyName name, Scopes scopes, string fileName, Action<string> say)
    {
        if ((await session.Keys.ListAsync(book, CancellationToken.None)).Count > 0)
            return;
        var made = session.Keys.Make(book, name, scopes);
        var file = Path.Combine(settings.KeysFolder, fileName);
        Write(file, made.Secret);
        if (await session.Store.AddKeyAsync(made.Key, CancellationToken.None))
            say($"{(book is { } owner ? $"Administrator's key of book {owner}" : "Operator's key")}, shown this once and kept in {file}:\n  {made.Secret}");
    }

    static void Write(string file, string secret)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = file + ".part";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(global::System.Text.Encoding.ASCII.GetBytes(secret + "\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, file, overwrite: true);
    }
}
