using Kopeck.Embedded.Inputs;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Embedded;

public sealed partial class KopeckLedger
{
    /// <summary>Opens a wallet for a customer.</summary>
    [LedgerCall("POST", "/v1/customers/{id}/wallets")]
    public ValueTask<LedgerResult<Account>> OpenWalletAsync(LedgerId customer, WalletRequest request) => ChangeAccountAsync(
        Scopes.Transfer,
        request,
        input => new OpenWallet(customer.Number, input.Currency("currency", request.Currency), input.OptionalField<AccountCode>("code", request.Code)));

    /// <summary>Opens an account of the house.</summary>
    [LedgerCall("POST", "/v1/accounts")]
    public ValueTask<LedgerResult<Account>> OpenAccountAsync(AccountRequest request) => ChangeAccountAsync(
        Scopes.Admin,
        request,
        input =>
        {
            var code = input.Field<AccountCode>("code", request.Code);
            var currency = input.Currency("currency", request.Currency);
            var floor = input.OptionalSigned("floor", request.Floor);
            var minor = 0L;
            if (input.Refusal is null && floor is { } named && !named.TryToMinor(currency, out minor, out var error))
                input.Add("floor", error);
            return new OpenInternalAccount(code, currency, floor is null ? null : minor);
        });

    /// <summary>Stops an account's debits, or all its movements.</summary>
    [LedgerCall("POST", "/v1/accounts/{id}/freeze")]
    public ValueTask<LedgerResult<Account>> FreezeAsync(LedgerId account, FreezeScope? what, CallOptions? call = null) => ChangeAccountAsync(
        Scopes.Admin,
        call,
        input =>
        {
            if (what is null)
                input.Missing("what");
            return new FreezeAccount(account.Number, what == FreezeScope.All ? AccountStatus.Frozen : AccountStatus.DebitsFrozen);
        });

    /// <summary>Opens a frozen account again.</summary>
    [LedgerCall("POST", "/v1/accounts/{id}/unfreeze")]
    public ValueTask<LedgerResult<Account>> UnfreezeAsync(LedgerId account, CallOptions? call = null) =>
        ChangeAccountAsync(Scopes.Admin, call, _ => new UnfreezeAccount(account.Number));

    /// <summary>Closes an account at zero for ever.</summary>
    [LedgerCall("POST", "/v1/accounts/{id}/close")]
    public ValueTask<LedgerResult<Account>> CloseAsync(LedgerId account, CallOptions? call = null) =>
        ChangeAccountAsync(Scopes.Admin, call, _ => new CloseAccount(account.Number));

    /// <summary>Sets an account's lowest balance.</summary>
    /// <param name="floor">Negative grants an overdraft, positive keeps a minimum, null is none.</param>
    [LedgerCall("PUT", "/v1/accounts/{id}/floor")]
    public ValueTask<LedgerResult<Account>> SetFloorAsync(LedgerId account, string? floor, CallOptions? call = null) =>
        ChangeAccountAsync(Scopes.Admin, call, input => new SetFloor(account.Number, input.OptionalSigned("floor", floor)));

    /// <summary>A wallet, now or at a point in its history.</summary>
    [LedgerCall("GET", "/v1/wallets/{id}")]
    public ValueTask<LedgerResult<Account>> GetWalletAsync(LedgerId wallet, LedgerPoint? at = null, CancellationToken cancellationToken = default) =>
        GetAsync(wallet, at, walletsOnly: true, cancellationToken);

    /// <summary>An account, now or at a point in its history.</summary>
    [LedgerCall("GET", "/v1/accounts/{id}")]
    public ValueTask<LedgerResult<Account>> GetAccountAsync(LedgerId account, LedgerPoint? at = null, CancellationToken cancellationToken = default) =>
        GetAsync(account, at, walletsOnly: false, cancellationToken);

    /// <summary>Lists a customer's wallets.</summary>
    [LedgerCall("GET", "/v1/customers/{id}/wallets")]
    public ValueTask<LedgerResult<LedgerPage<Account>>> ListWalletsAsync(LedgerId customer, ListQuery? query = null, CancellationToken cancellationToken = default) => ReadAsync(Scopes.Read, async () =>
    {
        var owner = await Reader.GetCustomerAsync(book, customer.Number, cancellationToken).ConfigureAwait(false);
        return owner.Value is null
            ? NotFound<LedgerPage<Account>>("customer")
            : await ListAsync(
                "/v1/customers/{id}/wallets/" + customer,
                query ?? new ListQuery(),
                _ => new AccountFilter(Customer: customer.Number),
                (filter, page) => Reader.ListAccountsAsync(book, filter, page, cancellationToken)).ConfigureAwait(false);
    });

    /// <summary>Lists accounts.</summary>
    [LedgerCall("GET", "/v1/accounts")]
    public ValueTask<LedgerResult<LedgerPage<Account>>> ListAccountsAsync(AccountQuery? query = null, CancellationToken cancellationToken = default)
    {
        var asked = query ?? new AccountQuery();
        return ListAsync(
            "/v1/accounts/",
            asked,
            reader => new AccountFilter(
                reader.Choice("kind", asked.Kind, kind => QueryReader.Word(kind)),
                reader.Currency("currency", asked.Currency),
                reader.Field<AccountCode>("code", asked.Code),
                reader.Id("customer", asked.Customer)),
            (filter, page) => Reader.ListAccountsAsync(book, filter, page, cancellationToken));
    }

    ValueTask<LedgerResult<Account>> ChangeAccountAsync(Scopes scope, CallOptions? call, Func<InputReader, Command> read) => ChangeAsync(scope, call, read, outcome => outcome.Account!);

    ValueTask<LedgerResult<Account>> GetAsync(LedgerId id, LedgerPoint? at, bool walletsOnly, CancellationToken cancellationToken) => ReadAsync(Scopes.Read, async () =>
    {
        long? number = null;
        if (at is { } point)
        {
            (number, var error) = await PointInTime.FindAsync(engine, book, point.Number, point.Instant, options.Time, cancellationToken).ConfigureAwait(false);
            if (error is not null)
                return new LedgerResult<Account>(InvalidQuery("at", error));
        }

        var (account, asOf) = number is null
            ? await engine.GetAccountAsync(book, id.Number, cancellationToken).ConfigureAwait(false)
            : await Reader.GetAccountAsync(book, id.Number, number, cancellationToken).ConfigureAwait(false);
        return account is null || (walletsOnly && account.Kind != AccountKind.Wallet)
            ? NotFound<Account>(walletsOnly ? "wallet" : "account")
            : new LedgerResult<Account>(account) { AsOf = asOf };
    });

    static Rejection InvalidQuery(string name, FieldError error)
    {
        var reader = new QueryReader();
        reader.Add(name, error);
        return reader.Refusal!;
    }
}
