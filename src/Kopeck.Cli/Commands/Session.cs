using Kopeck.Cli.Settings;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Redis;
using Microsoft.Extensions.Logging;

namespace Kopeck.Cli.Commands;

/// <summary>A database that is open for a command, with the ledger on it.</summary>
sealed class Session : IAsyncDisposable
{
    readonly ILoggerFactory logging;
    readonly SharedQuotes? shared;

    Session(ILedgerDatabase database, ProgramSettings settings, TimeProvider time, bool sharesQuotes)
    {
        Database = database;
        logging = LoggerFactory.Create(builder => LogSetup.Configure(builder, settings.Log));
        Store = database.OpenStore();
        shared = sharesQuotes && settings.Redis is { } redis ? new SharedQuotes(redis, time, logging.CreateLogger<SharedQuotes>()) : null;
        Engine = new LedgerEngine(Store, new EngineOptions(), time, new RandomSalts(), logging.CreateLogger<LedgerEngine>(), shared);
        Keys = new ApiKeys(Store, time);
        Time = time;
    }

    public ILedgerDatabase Database { get; }

    public ILedgerStore Store { get; }

    public LedgerEngine Engine { get; }

    public ApiKeys Keys { get; }

    public TimeProvider Time { get; }

    /// <summary>Opens a database that is there and current.</summary>
    /// <param name="sharesQuotes">Whether quotes that were read are shared, where the settings say: worth it for what runs long.</param>
    public static async Task<Session> OpenAsync(ProgramSettings settings, TimeProvider? time = null, bool sharesQuotes = false)
    {
        var database = settings.Database.Open();
        try
        {
            await database.RequireCurrentAsync();
            return new Session(database, settings, time ?? TimeProvider.System, sharesQuotes);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The book, or a <see cref="UsageException"/> that lists those there are.</summary>
    public async Task<BookName> RequireBookAsync(string name)
    {
        if (BookName.TryParse(name, out var book, out _) && await Store.FindBookAsync(book, CancellationToken.None) is not null)
            return book;
        var books = await Store.ListBooksAsync(CancellationToken.None);
        throw new UsageException($"There is no book {name}; {(books.Count == 0 ? "there are none yet: run `kopeck serve`" : "there are " + string.Join(", ", books.Select(row => row.Book.Value)))}");
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
