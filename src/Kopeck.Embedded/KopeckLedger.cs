using Kopeck.Api;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reference;
using Kopeck.Ledger.State;
using Kopeck.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kopeck.Embedded;

/// <summary>
/// A book of a ledger inside this program. What is asked is decided by the same engine and rules as over HTTP and gRPC, with the same
/// outcomes and error codes, and answered once it is durable. Safe for concurrent use; a server may work on the same database.
/// </summary>
public sealed partial class KopeckLedger : IAsyncDisposable, IDisposable
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
            new ApiOptions { BaseCurrency = BaseCurrency, Terms = Terms, Letterheads = options.Letterheads },
            options.Time);
    }

    KopeckLedger(KopeckLedger whole, Identity who)
    {
        (database, store, options, api, book) = (whole.database, whole.store, whole.options, whole.api, whole.book);
        this.who = who;
    }

    /// <summary>The path of a ledger that lives in memory.</summary>
    public const string Memory = ":memory:";

    /// <summary>Opens a SQLite file, which is made where it is missing, and its book.</summary>
    /// <param name="path">
    /// The file; or <c>:memory:</c> for a fresh ledger of one's own, for tests: it is gone when it is disposed of.
    /// </param>
    /// <param name="options">The book, its base currency and more.</param>
    /// <exception cref="LedgerException">The file cannot be used; says what to do.</exception>
    /// <exception cref="ArgumentException">It is no path, such as <c>file::memory:</c>.</exception>
    public static Task<KopeckLedger> OpenAsync(
        string path, LedgerOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (path == Memory)
            return OpenAsync(new MemoryDatabase(), options, cancellationToken);
        if (path.Length == 0 || path.StartsWith(':') || path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException(
                $"\"{path}\" is no path of a file: give one, or {Memory} for a fresh ledger of a test", nameof(path));
        if (options is { MustExist: true } && !File.Exists(path))
            throw new LedgerException(
                new Rejection(ErrorCode.NotFound, $"There is no ledger {Path.GetFullPath(path)}, and it must exist"));
        return OpenAsync(new SqliteLedgerDatabase(path), options, cancellationToken);
    }

    /// <summary>
    /// Opens a database of any engine, such as <c>PostgresDatabase.At("postgres://...")</c> of Kopeck.Postgres, which is made where it is
    /// missing, and its book. The ledger disposes it.
    /// </summary>
    /// <exception cref="LedgerException">The database cannot be used; says what to do.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// The program runs in invariant globalization, or the machine's normalization is not Unicode's.
    /// </exception>
    public static async Task<KopeckLedger> OpenAsync(
        ILedgerDatabase database, LedgerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var opened = options ?? new LedgerOptions();
        try
        {
            if (MachineTexts.FindProblem() is { } problem)
                throw new PlatformNotSupportedException(problem);
            await PrepareAsync(database, opened, cancellationToken).ConfigureAwait(false);
            var ledger = new KopeckLedger(database, opened);
            try
            {
                await ledger.api.Engine.CompareClocksAsync(CancellationToken.None).ConfigureAwait(false);
                await ledger.RequireBookAsync(cancellationToken).ConfigureAwait(false);
                return ledger;
            }
            catch
            {
                await ledger.CloseAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (StorageUnavailableException exception)
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw Failure(exception);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    static async Task PrepareAsync(ILedgerDatabase database, LedgerOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!options.MustExist)
            await database.CreateAsync(options.Time).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (options.Migrate)
            await database.MigrateAsync(options.Time).ConfigureAwait(false);
        await database.RequireCurrentAsync().ConfigureAwait(false);
        FoldedNames.RequireCurrent((await database.InspectAsync().ConfigureAwait(false)).Books);
        cancellationToken.ThrowIfCancellationRequested();
        await database.RequireServableAsync().ConfigureAwait(false);
    }

    /// <summary>What a database cannot do, as callers of the library see everything that is refused.</summary>
    static LedgerException Failure(StorageUnavailableException exception) =>
        new(new Rejection(ErrorCode.StorageUnavailable, exception.Message), exception);

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

    /// <summary>The same for containers that do not wait.</summary>
    public void Dispose() => Task.Run(async () => await DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();

    async Task CloseAsync()
    {
        await api.Engine.DisposeAsync().ConfigureAwait(false);
        await store.DisposeAsync().ConfigureAwait(false);
    }

    async Task RequireBookAsync(CancellationToken cancellationToken)
    {
        if (await store.FindBookAsync(book, cancellationToken).ConfigureAwait(false) is not null)
            return;
        if (options.MustExist)
            throw new LedgerException(
                new Rejection(ErrorCode.NotFound, $"There is no book {book} in {database.Description}, and it must exist"));
        var outcome = await api.Engine.OpenBookAsync(book, BaseCurrency, Terms, who.Name).ConfigureAwait(false);
        // Another program may have opened it meanwhile.
        if (outcome.Rejection is { Code: not ErrorCode.AlreadyExists } rejection)
            throw new LedgerException(rejection);
    }

    BookTerms Terms => ZoneName.TryParse(options.TimeZone, out var zone, out _) && DayZone.Check(zone) is null
        ? new BookTerms(options.QuoteMaxAgeDays, zone)
        : throw new InvalidOperationException(
            $"The options' time zone {options.TimeZone} is none of the IANA's: use a name such as Europe/Berlin");

    Currency BaseCurrency => Currency.TryFind(options.BaseCurrency, out var currency)
        ? currency
        : throw new InvalidOperationException($"The options' base currency {options.BaseCurrency} holds no money: use a code of ISO 4217");
}
