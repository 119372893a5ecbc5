using Kopeck.Embedded.Inputs;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
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
    readonly LedgerEngine engine;
    readonly ApiKeys keys;
    readonly LedgerOptions options;
    readonly BookName book;
    readonly KeyName actor;
    readonly Scopes? scopes;
    readonly bool isOperator;

    KopeckLedger(ILedgerDatabase database, LedgerOptions options)
    {
        this.database = database;
        this.options = options;
        book = BookName.Parse(options.Book);
        actor = KeyName.Parse(options.Actor);
        scopes = Scopes.Admin;
        isOperator = true;
        store = database.OpenStore();
        engine = new LedgerEngine(store, options.Engine, options.Time, options.Salts, options.Logging.CreateLogger<LedgerEngine>());
        keys = new ApiKeys(store, options.Time);
    }

    KopeckLedger(KopeckLedger whole, KeyName actor, Scopes? scopes)
    {
        (database, options, book, store, engine, keys) = (whole.database, whole.options, whole.book, whole.store, whole.engine, whole.keys);
        this.actor = actor;
        this.scopes = scopes;
        isOperator = scopes is null;
    }

    /// <summary>Opens a SQLite file, which is made where it is missing, and its book.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The book, its base currency and more.</param>
    /// <exception cref="StorageUnavailableException">The file cannot be used; says what to do.</exception>
    public static Task<KopeckLedger> OpenAsync(string path, LedgerOptions? options = null) => OpenAsync(new SqliteLedgerDatabase(path), options);

    /// <summary>Opens a database of any engine, such as <c>PostgresDatabase.At("postgres://...")</c> of Kopeck.Postgres, which is made where it is missing, and its book. The ledger disposes it.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used; says what to do.</exception>
    public static async Task<KopeckLedger> OpenAsync(ILedgerDatabase database, LedgerOptions? options = null)
    {
        var opened = options ?? new LedgerOptions();
        try
        {
            await database.CreateAsync(opened.Time).ConfigureAwait(false);
            if (opened.Migrate)
                await database.MigrateAsync(opened.Time).ConfigureAwait(false);
            await database.RequireCurrentAsync().ConfigureAwait(false);
            var ledger = new KopeckLedger(database, opened);
            try
            {
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
    public KopeckLedger As(string name, Scopes allowed) => new(this, KeyName.Parse(name), allowed);

    /// <summary>The same ledger for an operator, who manages books and reads none. Nothing to dispose.</summary>
    /// <param name="name">The actor of what is done.</param>
    public KopeckLedger AsOperator(string name) => new(this, KeyName.Parse(name), null);

    /// <summary>Takes no more requests, finishes those that wait, and closes the database. What <see cref="As"/> gave shares it and closes nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!(isOperator && scopes is not null))
            return;
        await CloseAsync().ConfigureAwait(false);
        await database.DisposeAsync().ConfigureAwait(false);
    }

    async Task CloseAsync()
    {
        await engine.DisposeAsync().ConfigureAwait(false);
        await store.DisposeAsync().ConfigureAwait(false);
    }

    async Task RequireBookAsync()
    {
        if (await store.FindBookAsync(book, CancellationToken.None).ConfigureAwait(false) is not null)
            return;
        var outcome = await engine.OpenBookAsync(book, BaseCurrency, options.QuoteMaxAgeDays, actor).ConfigureAwait(false);
        // Another program may have opened it meanwhile.
        if (outcome.Rejection is { Code: not ErrorCode.AlreadyExists } rejection)
            throw new LedgerException(rejection);
    }

    Currency BaseCurrency => Currency.TryFind(options.BaseCurrency, out var currency) ? currency : throw new InvalidOperationException($"The options' base currency {options.BaseCurrency} cannot hold money: use a code of ISO 4217");

    Caller Caller => new(book, actor, scopes ?? Scopes.None);

    ILedgerReader Reader => engine.Reader(book);

    Rejection? Forbid(Scopes needed)
    {
        if (scopes is not { } allowed)
            return new Rejection(ErrorCode.Forbidden, "An operator manages books and reads none");
        return (allowed & needed) == needed ? null : new Rejection(ErrorCode.Forbidden, $"{actor} may not do this: it needs the scope {ScopeNames.Write(needed)}");
    }

    Rejection? ForbidUnlessOperator() => isOperator ? null : new Rejection(ErrorCode.Forbidden, "Only an operator manages books");

    static Rejection? ReadKey(CallOptions? call, bool isNeeded, out IdempotencyKey? key)
    {
        key = null;
        if (call?.Key is not { } text)
            return isNeeded ? new Rejection(ErrorCode.KeyRequired, "Give a key, so that a retry cannot move the money twice") : null;
        if (!IdempotencyKey.TryParse(text, out var parsed, out _))
            return new Rejection(ErrorCode.InvalidKey, $"A key has 1 to {IdempotencyKey.MaxLength} visible ASCII characters");
        key = parsed;
        return null;
    }

    async ValueTask<LedgerResult<T>> ChangeAsync<T>(Scopes scope, CallOptions? call, Func<InputReader, Command> read, Func<Outcome, T> toValue, bool needsKey = false)
    {
        IdempotencyKey? key = null;
        if ((Forbid(scope) ?? ReadKey(call, needsKey, out key)) is { } refusal)
            return new LedgerResult<T>(refusal);
        var input = new InputReader();
        var command = read(input);
        if (input.Refusal is { } invalid)
            return new LedgerResult<T>(invalid);
        var outcome = await engine.SubmitAsync(Caller, new Request { Command = command, Key = key }, call?.DryRun ?? false).ConfigureAwait(false);
        return outcome.Rejection is { } rejection ? new LedgerResult<T>(rejection) : new LedgerResult<T>(toValue(outcome), outcome);
    }

    async ValueTask<LedgerResult<T>> ReadAsync<T>(Scopes scope, Func<ValueTask<LedgerResult<T>>> read) => await TryAsync(Forbid(scope), read).ConfigureAwait(false);

    static async ValueTask<LedgerResult<T>> TryAsync<T>(Rejection? forbidden, Func<ValueTask<LedgerResult<T>>> run)
    {
        if (forbidden is not null)
            return new LedgerResult<T>(forbidden);
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            return new LedgerResult<T>(new Rejection(ErrorCode.StorageUnavailable, exception.Message + ". Try again"));
        }
    }

    static LedgerResult<T> NotFound<T>(string what) => new(new Rejection(ErrorCode.NotFound, $"There is no such {what} in this book"));
}
