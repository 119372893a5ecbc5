using Kopeck.Api;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reference;
using Kopeck.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kopeck.Embedded;

/// <summary>
/// A book of a ledger inside this program. What is asked is decided by the same engine and rules as over HTTP and gRPC, with the same
/// outcomes and error codes, and answered once it is durable. Safe for concurrent use; a server may work on the same database.
/// </summary>
public sealed partial class KopeckLedger : IAsyncDisposable
{
    readonly ILedgerDatabase database;
    readonly ILedgerStore store;
    readonly LedgerOptions options;
    readonly LedgerApi api;
    readonly BookName book;
    readonly Identity who;
    readonly bool isWhole;

    KopeckLedger(ILedgerDatabase database, LedgerOptions options)
    {
        this.database = database;
        this.options = options;
        isWhole = true;
        book = BookName.Parse(options.Book);
        who = new Identity(book, KeyName.Parse(options.Actor), Scopes.Admin, IsOperator: true);
        store = database.OpenStore();
        api = new LedgerApi(
            new LedgerEngine(
                store, options.Engine with { ComparesClocks = options.Time == TimeProvider.System }, options.Time, options.Salts,
                options.Logging.CreateLogger<LedgerEngine>()),
            new ApiKeys(store, options.Time),
            new ApiOptions { BaseCurrency = BaseCurrency, QuoteMaxAgeDays = options.QuoteMaxAgeDays, Letterheads = options.Letterheads },
            options.Time);
    }

    KopeckLedger(KopeckLedger whole, Identity who)
    {
        (database, store, options, api, book) = (whole.database, whole.store, whole.options, whole.api, whole.book);
        this.who = who;
    }

    /// <summary>Opens a SQLite file, which is made where it is missing, and its book.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The book, its base currency and more.</param>
    /// <exception cref="StorageUnavailableException">The file cannot be used; says what to do.</exception>
    /// <exception cref="ArgumentException">It is no path, such as SQLite's <c>:memory:</c>: a ledger is durable, in tests too.</exception>
    public static Task<KopeckLedger> OpenAsync(string path, LedgerOptions? options = null)
    {
        if (path.Length == 0 || path.StartsWith(':') || path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException(
                $"\"{path}\" is no path of a file: for a test give one in a temporary folder, of its own", nameof(path));
        return OpenAsync(new SqliteLedgerDatabase(path), options);
    }

    /// <summary>
    /// Opens a database of any engine, such as <c>PostgresDatabase.At("postgres://...")</c> of Kopeck.Postgres, which is made where it is
    /// missing, and its book. The ledger disposes it.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used; says what to do.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// The program runs in invariant globalization, or the machine's normalization is not Unicode's.
    /// </exception>
    public static async Task<KopeckLedger> OpenAsync(ILedgerDatabase database, LedgerOptions? options = null)
    {
        var opened = options ?? new LedgerOptions();
        try
        {
            if (MachineTexts.FindProblem() is { } problem)
                throw new PlatformNotSupportedException(problem);
            await database.CreateAsync(opened.Time).ConfigureAwait(false);
            if (opened.Migrate)
                await database.MigrateAsync(opened.Time).ConfigureAwait(false);
            await database.RequireCurrentAsync().ConfigureAwait(false);
            FoldedNames.RequireCurrent((await database.InspectAsync().ConfigureAwait(false)).Books);
            await database.RequireServableAsync().ConfigureAwait(false);
            var ledger = new KopeckLedger(database, opened);
            try
            {
                await ledger.api.Engine.CompareClocksAsync(CancellationToken.None).ConfigureAwait(false);
                await ledger.RequireBookAsync().ConfigureAwait(false);
                return ledger;
            }
            catch
            {
                await ledger.CloseAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The same ledger for somebody who may do less, as with an API key of the book. Nothing to dispose.</summary>
    /// <param name="name">The actor of what is done.</param>
    /// <param name="allowed">What may be done.</param>
    public KopeckLedger As(string name, Scopes allowed) => new(this, new Identity(book, KeyName.Parse(name), allowed, IsOperator: false));

    /// <summary>The same ledger for an operator, who manages books and reads none. Nothing to dispose.</summary>
    /// <param name="name">The actor of what is done.</param>
    public KopeckLedger AsOperator(string name) => new(this, new Identity(null, KeyName.Parse(name), Scopes.None, IsOperator: true));

    /// <summary>
    /// Takes no more requests, finishes those that wait, and closes the database. What <see cref="As"/> gave shares it and closes nothing.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!isWhole)
            return;
        await CloseAsync().ConfigureAwait(false);
        await database.DisposeAsync().ConfigureAwait(false);
    }

    async Task CloseAsync()
    {
        await api.Engine.DisposeAsync().ConfigureAwait(false);
        await store.DisposeAsync().ConfigureAwait(false);
    }

    async Task RequireBookAsync()
    {
        if (await store.FindBookAsync(book, CancellationToken.None).ConfigureAwait(false) is not null)
            return;
        var outcome = await api.Engine.OpenBookAsync(book, BaseCurrency, options.QuoteMaxAgeDays, who.Name).ConfigureAwait(false);
        // Another program may have opened it meanwhile.
        if (outcome.Rejection is { Code: not ErrorCode.AlreadyExists } rejection)
            throw new LedgerException(rejection);
    }

    Currency BaseCurrency => Currency.TryFind(options.BaseCurrency, out var currency)
        ? currency
        : throw new InvalidOperationException($"The options' base currency {options.BaseCurrency} holds no money: use a code of ISO 4217");
}
