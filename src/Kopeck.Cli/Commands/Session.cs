using Kopeck.Api;
using Kopeck.Cli.Logging;
using Kopeck.Cli.Settings;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Redis;
using Kopeck.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace Kopeck.Cli.Commands;

/// <summary>A database that is open for a command, with the ledger on it.</summary>
sealed class Session : IAsyncDisposable
{
    /// <summary>The actor of what a command does.</summary>
    public static readonly KeyName Actor = KeyName.Parse("cli");

    readonly ILoggerFactory logging;
    readonly string? securityLog;
    readonly SharedQuotes? shared;

    Session(ILedgerDatabase database, ProgramSettings settings, TimeProvider time, bool isServer)
    {
        Database = database;
        logging = LoggerFactory.Create(builder => LogSetup.Configure(builder, settings));
        securityLog = settings.Guard.SecurityLog;
        Store = database.OpenStore();
        shared = isServer && settings.Redis is { } redis ? new SharedQuotes(redis, time, logging.CreateLogger<SharedQuotes>()) : null;
        Engine = new LedgerEngine(
            // A command that only reads must write nothing, not even that a hold ended.
            Store, new EngineOptions { LooksForDueWork = isServer, ComparesClocks = time == TimeProvider.System }, time, new RandomSalts(),
            logging.CreateLogger<LedgerEngine>(), shared);
        Keys = new ApiKeys(Store, time);
        Time = time;
        Api = new LedgerApi(
            Engine, Keys,
            new ApiOptions
            {
                BaseCurrency = settings.BaseCurrency,
                Terms = settings.Terms,
                Letterheads = settings.Letterheads
            },
            time);
    }

    public ILedgerDatabase Database { get; }

    public ILedgerStore Store { get; }

    public LedgerEngine Engine { get; }

    public ApiKeys Keys { get; }

    /// <summary>The calls, as all interfaces do them.</summary>
    public LedgerApi Api { get; }

    public TimeProvider Time { get; }

    /// <summary>Opens a database that is there and current.</summary>
    /// <param name="isServer">
    /// Whether it runs long: then quotes that were read are shared, where the settings say, and a database that no server may be started on
    /// is refused.
    /// </param>
    /// <param name="anyFolding">Whether names may be folded by another version's table: a rebuild folds them anew.</param>
    public static async Task<Session> OpenAsync(
        ProgramSettings settings, TimeProvider? time = null, bool isServer = false, bool anyFolding = false)
    {
        var database = settings.Database.Open();
        try
        {
            await database.RequireCurrentAsync();
            if (isServer)
                await database.RequireServableAsync();
            if (!anyFolding)
                FoldedNames.RequireCurrent((await database.InspectAsync()).Books);
            var session = new Session(database, settings, time ?? TimeProvider.System, isServer);
            // Before anything is written.
            await session.Engine.CompareClocksAsync(CancellationToken.None);
            return session;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>A log of the session's.</summary>
    public ILogger CreateLogger<T>() => logging.CreateLogger<T>();

    /// <summary>What whoever guards the ledger is told of what commands do.</summary>
    public SecurityLog Security => field ??= new SecurityLog(
        securityLog is { } path ? new SystemLog(SecurityLog.Category, path, Time) : logging.CreateLogger(SecurityLog.Category), Time);

    /// <summary>The book, or a <see cref="UsageException"/> that lists those there are.</summary>
    public async Task<BookName> RequireBookAsync(string name)
    {
        if (BookName.TryParse(name, out var book, out _) && await Store.FindBookAsync(book, CancellationToken.None) is not null)
            return book;
        var books = await Store.ListBooksAsync(CancellationToken.None);
        throw new UsageException(
            $"There is no book {name}; {(books.IsEmpty ? "there are none yet: run `kopeck serve`" : "there are " + string.Join(", ", books.Select(row => row.Book.Value).Concat(books.Unreadable.Select(book => $"{book.Book} (cannot be read)"))))}");
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        if (shared is not null)
            await shared.DisposeAsync();
        await Store.DisposeAsync();
        await Database.DisposeAsync();
        logging.Dispose();
    }
}
