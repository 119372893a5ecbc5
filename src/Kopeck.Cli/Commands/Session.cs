using Kopeck.Cli.Settings;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Microsoft.Extensions.Logging;

namespace Kopeck.Cli.Commands;

/// <summary>A database that is open for a command, with the ledger on it.</summary>
sealed class Session : IAsyncDisposable
{
    readonly ILoggerFactory logging;

    Session(ILedgerDatabase database, ProgramSettings settings, TimeProvider time)
    {
        Database = database;
        logging = LoggerFactory.Create(builder => LogSetup.Configure(builder, settings.Log));
        Store = database.OpenStore();
        Engine = new LedgerEngine(Store, new EngineOptions(), time, new RandomSalts(), logging.CreateLogger<LedgerEngine>());
        Keys = new ApiKeys(Store, time);
        Time = time;
    }

    public ILedgerDatabase Database { get; }

    public ILedgerStore Store { get; }

    public LedgerEngine Engine { get; }

    public ApiKeys Keys { get; }

    public TimeProvider Time { get; }

    /// <summary>Opens a database that is there and current.</summary>
    public static async Task<Session> OpenAsync(ProgramSettings settings, TimeProvider? time = null)
    {
        var database = settings.Database.Open();
        try
        {
            await database.RequireCurrentAsync();
            return new Session(database, settings, time ?? TimeProvider.System);
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
        await Store.DisposeAsync();
        await Database.DisposeAsync();
        logging.Dispose();
    }
}
