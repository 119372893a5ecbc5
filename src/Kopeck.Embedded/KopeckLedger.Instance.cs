using Kopeck.Embedded.Inputs;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Embedded;

public sealed partial class KopeckLedger
{
    static readonly KeyName AdministratorKey = KeyName.Parse("admin");

    /// <summary>Lists the API keys of the book, for a server on the same database.</summary>
    [LedgerCall("GET", "/v1/keys")]
    public ValueTask<LedgerResult<IReadOnlyList<ApiKey>>> ListKeysAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(Scopes.Admin, async () => new LedgerResult<IReadOnlyList<ApiKey>>(await keys.ListAsync(book, cancellationToken).ConfigureAwait(false)));

    /// <summary>Makes an API key of the book, for a server on the same database.</summary>
    [LedgerCall("POST", "/v1/keys")]
    public ValueTask<LedgerResult<CreatedKey>> CreateKeyAsync(KeyRequest request) => ReadAsync(Scopes.Admin, async () =>
    {
        var input = new InputReader();
        var name = input.Field<KeyName>("name", request.Name);
        var scopesOfKey = Scopes.None;
        if (request.Scopes.Count == 0)
            input.Missing("scopes");
        foreach (var (word, place) in request.Scopes.Select((word, place) => (word, place)))
        {
            if (ScopeNames.All.Contains(word, StringComparer.Ordinal))
                scopesOfKey |= ScopeNames.Parse(word);
            else
                input.Add($"scopes/{place}", new FieldError("unknown_value", $"scopes is one of {string.Join(", ", ScopeNames.All)}"));
        }

        if ((ReadKey(request, isNeeded: false, out _) ?? input.Refusal) is { } refusal)
            return new LedgerResult<CreatedKey>(refusal);
        if (request.DryRun)
        {
            return (await keys.ListAsync(book, CancellationToken.None).ConfigureAwait(false)).Any(key => key.Name == name)
                ? new LedgerResult<CreatedKey>(new Rejection(ErrorCode.AlreadyExists, $"There is or was a key {name}: choose another name"))
                : new LedgerResult<CreatedKey>(new CreatedKey(keys.Make(book, name, scopesOfKey).Key, null)) { IsDryRun = true };
        }

        var (created, rejection) = await keys.CreateAsync(book, name, scopesOfKey, CancellationToken.None).ConfigureAwait(false);
        return rejection is not null ? new LedgerResult<CreatedKey>(rejection) : new LedgerResult<CreatedKey>(new CreatedKey(created!.Key, created.Secret));
    });

    /// <summary>Revokes an API key of the book.</summary>
    [LedgerCall("DELETE", "/v1/keys/{name}")]
    public ValueTask<LedgerResult<ApiKey>> RevokeKeyAsync(string name, CallOptions? call = null) => ReadAsync(Scopes.Admin, async () =>
    {
        if (ReadKey(call, isNeeded: false, out _) is { } refusal)
            return new LedgerResult<ApiKey>(refusal);
        if (!KeyName.TryParse(name, out var key, out _))
            return NotFound<ApiKey>("key");
        var (revoked, rejection) = call is { DryRun: true }
            ? await keys.DecideRevocationAsync(book, key, CancellationToken.None).ConfigureAwait(false)
            : await keys.RevokeAsync(book, key, CancellationToken.None).ConfigureAwait(false);
        return rejection is not null ? new LedgerResult<ApiKey>(rejection) : new LedgerResult<ApiKey>(revoked!);
    });

    /// <summary>Lists the books of the database.</summary>
    [LedgerCall("GET", "/v1/books")]
    public ValueTask<LedgerResult<IReadOnlyList<BookRow>>> ListBooksAsync(CancellationToken cancellationToken = default) =>
        TryAsync(ForbidUnlessOperator(), async () => new LedgerResult<IReadOnlyList<BookRow>>(await store.ListBooksAsync(cancellationToken).ConfigureAwait(false)));

    /// <summary>Opens another book in the database. To work with it, open a ledger with its name in the options.</summary>
    [LedgerCall("POST", "/v1/books")]
    public ValueTask<LedgerResult<OpenedBook>> OpenBookAsync(BookRequest request) => TryAsync(ForbidUnlessOperator(), async () =>
    {
        var input = new InputReader();
        var name = input.Field<BookName>("name", request.Name);
        var currency = input.OptionalCurrency("baseCurrency", request.BaseCurrency) ?? BaseCurrency;
        var days = request.QuoteMaxAgeDays ?? options.QuoteMaxAgeDays;
        if (days < FieldTypes.QuoteMaxAgeDays.Minimum || days > FieldTypes.QuoteMaxAgeDays.Maximum)
            input.Add("quoteMaxAgeDays", new FieldError("out_of_range", $"The number is from {FieldTypes.QuoteMaxAgeDays.Minimum} to {FieldTypes.QuoteMaxAgeDays.Maximum}, got {days}"));
        if ((ReadKey(request, isNeeded: false, out _) ?? input.Refusal) is { } refusal)
            return new LedgerResult<OpenedBook>(refusal);
        if (request.DryRun)
        {
            return await store.FindBookAsync(name, CancellationToken.None).ConfigureAwait(false) is null
                ? new LedgerResult<OpenedBook>(new OpenedBook(name.Value, currency.Code, days, null, null)) { IsDryRun = true }
                : new LedgerResult<OpenedBook>(new Rejection(ErrorCode.AlreadyExists, $"There is a book {name}: choose another name"));
        }

        var outcome = await engine.OpenBookAsync(name, currency, days, actor).ConfigureAwait(false);
        if (outcome.Rejection is { } rejection)
            return new LedgerResult<OpenedBook>(rejection);
        var (created, refused) = await keys.CreateAsync(name, AdministratorKey, Scopes.Admin, CancellationToken.None).ConfigureAwait(false);
        if (refused is not null)
            return new LedgerResult<OpenedBook>(refused);
        var row = await store.FindBookAsync(name, CancellationToken.None).ConfigureAwait(false);
        return new LedgerResult<OpenedBook>(new OpenedBook(name.Value, currency.Code, days, row, created!.Secret));
    });

    /// <summary>Replays the whole book and compares everything that can be derived: hashes, entries, balances, accounts, quotes, keys. Runs beside everything else.</summary>
    /// <param name="knownHead">A head that was noted elsewhere: then a rewritten or shortened tail is found too.</param>
    /// <param name="progress">Operations done and in all.</param>
    /// <returns>The first thing that is wrong, if any.</returns>
    public Task<VerificationResult> VerifyAsync((long Number, Digest Hash)? knownHead = null, Action<long, long>? progress = null) =>
        Task.Run(() => Verifier.Verify(database.OpenForVerification(), book, knownHead, progress));

    /// <summary>Copies the database while it is in use to a new file, complete or not at all.</summary>
    public Task BackupAsync(string path) => database.BackupAsync(path, overwrite: false, progress: null);
}
