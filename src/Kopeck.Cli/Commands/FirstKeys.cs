using Kopeck.Cli.Settings;
using Kopeck.Engine.Keys;
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

    /// <summary>Opens main if there are no books, and makes the keys that are missing.</summary>
    public static async Task MakeAsync(Session session, ProgramSettings settings, Action<string> say)
    {
        var (isThere, isKnown) = await FindMainAsync(session, say);
        // The books are listed only where there may be none: a start does not depend on those it does not need.
        if (isKnown && !isThere && (await session.Store.ListBooksAsync(CancellationToken.None)).IsEmpty)
        {
            await OpenBookAsync(session, settings, Main);
            isThere = true;
        }

        await MakeOperatorAsync(session, settings, KeyFiles.Operator, say);
        if (isThere)
            await MakeAdministratorAsync(session, settings, Main, KeyFiles.Administrator, say);
    }

    static async Task<(bool IsThere, bool IsKnown)> FindMainAsync(Session session, Action<string> say)
    {
        try
        {
            return (await session.Store.FindBookAsync(Main, CancellationToken.None) is not null, true);
        }
        catch (StorageUnavailableException exception)
        {
            // Where books are kept in several places: the server serves the others.
            say($"Book {Main} cannot be read now: {exception.Message}");
            return (false, false);
        }
    }

    /// <summary>Opens a book unless it is there.</summary>
    public static async Task OpenBookAsync(Session session, ProgramSettings settings, BookName book)
    {
        var outcome = await session.Engine.OpenBookAsync(book, settings.BaseCurrency, settings.Terms, System);
        if (outcome.Rejection is { } rejection && rejection.Code != ErrorCode.AlreadyExists)
            throw new StorageUnavailableException(rejection.Detail);
    }

    /// <summary>Makes the operator's first key, if there was never one.</summary>
    public static Task MakeOperatorAsync(Session session, ProgramSettings settings, string fileName, Action<string> say) =>
        MakeAsync(session, settings, session.Keys.Make(null, Operator, Scopes.None), fileName, say);

    /// <summary>Makes a book's first administrator's key, if it never had a key.</summary>
    public static Task MakeAdministratorAsync(
        Session session, ProgramSettings settings, BookName book, string fileName, Action<string> say) =>
        MakeAsync(session, settings, session.Keys.Make(book, Administrator, Scopes.Admin), fileName, say);

    // Those of the first start alone: a demo's books have keys of their own.
    static (string Setting, string File)? GivenBy(ProgramSettings settings, ApiKey key, string fileName) =>
        key.Book is null && fileName == KeyFiles.Operator && settings.Guard.OperatorKeyFile is { } ofOperator
            ? ("KOPECK_OPERATOR_KEY_FILE", ofOperator)
            : key.Book == Main && fileName == KeyFiles.Administrator && settings.Guard.AdminKeyFile is { } ofAdministrator
                ? ("KOPECK_ADMIN_KEY_FILE", ofAdministrator)
                : null;

    // The file is written before the key is stored, under the store's lock: of two first starts at once only the one
    // whose key counts writes its file, and one that is cut off leaves a file without a key, never a key that nobody has.
    static async Task MakeAsync(Session session, ProgramSettings settings, NewKey made, string fileName, Action<string> say)
    {
        var keys = await session.Keys.ListAsync(made.Key.Book, CancellationToken.None);
        var owner = made.Key.Book is { } book ? $"book {book}" : "books";
        if (keys.Count > 0)
        {
            if (!keys.Any(key => key.RevokedAt is null && key.Scopes == made.Key.Scopes))
                say(
                    $"No valid key can manage {owner}: make one with `kopeck keys create NAME {(made.Key.Book is null ? "--operator" : $"--scopes admin --book {made.Key.Book}")}`");
            return;
        }

        if (GivenBy(settings, made.Key, fileName) is { } given)
        {
            var key = made.Key with { Digest = KeyFiles.ReadGiven(given.Setting, given.File) };
            if (await session.Store.AddKeyAsync(key, CancellationToken.None))
                say($"{(made.Key.Book is null ? "Operator's key" : $"Administrator's key of {owner}")}, taken from {given.Setting}");
            return;
        }

        var file = Path.Combine(settings.KeysFolder, fileName);
        string? kept = null;
        if (!await session.Store.AddKeyAsync(made.Key, CancellationToken.None, () => kept = KeyFiles.Write(file, made.Secret) ?? kept))
            return;
        // Where it is no terminal it is a log, which keeps what it is told.
        var shown = Console.IsOutputRedirected ? "kept in " + file : $"shown this once and kept in {file}:\n  {made.Secret}";
        say($"{(made.Key.Book is null ? "Operator's key" : $"Administrator's key of {owner}")}, {shown}");
        if (kept is not null)
            say($"  (the key of another database that was there is kept in {kept})");
    }
}
