using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Answers;
using Kopeck.Server.Bodies;
using Kopeck.Server.Queries;

namespace Kopeck.Server.Calls;

/// <summary>Wallets and accounts.</summary>
static class AccountCalls
{
    static readonly Member Floor = new("floor", MemberKind.Floor, "The lowest balance: negative grants an overdraft, positive keeps a minimum, null is none") { IsNullable = true };
    static readonly Shape OpenWalletBody = new("OpenWallet", [Members.Currency("What the wallet holds", isRequired: true), Members.Code]);
    static readonly Shape OpenAccountBody = new("OpenAccount", [Members.Code with { IsRequired = true }, Members.Currency("What the account holds", isRequired: true), Floor]);
    static readonly Shape FreezeBody = new("Freeze", [new Member("what", MemberKind.Choice, "debits: money still comes in; all: nothing moves") { IsRequired = true, Words = ["debits", "all"] }]);
    static readonly Shape FloorBody = new("Floor", [Floor with { IsRequired = true }]);

    public static IEnumerable<Call> All =>
    [
        new("GET", "/v1/customers/{id}/wallets", "Lists a customer's wallets", ListWalletsAsync) { Scope = Scopes.Read, Query = QueryParameter.Page, AnswerSchema = "AccountList" },
        new("POST", "/v1/customers/{id}/wallets", "Opens a wallet", OpenWalletAsync) { Scope = Scopes.Transfer, BodyKind = BodyKind.Json, Body = OpenWalletBody, Success = 201, AnswerSchema = "Account" },
        new("GET", "/v1/wallets/{id}", "A wallet, now or at a point in its history", context => GetAsync(context, walletsOnly: true)) { Scope = Scopes.Read, Query = [Members.At], AnswerSchema = "Account" },
        new("GET", "/v1/accounts/{id}", "An account, now or at a point in its history", context => GetAsync(context, walletsOnly: false)) { Scope = Scopes.Read, Query = [Members.At], AnswerSchema = "Account" },
        new("GET", "/v1/accounts", "Lists accounts", ListAsync)
        {
            Scope = Scopes.Read,
            AnswerSchema = "AccountList",
            Query =
            [
                new("kind", ParameterKind.Choice, "What the account is for") { Words = [.. Enum.GetValues<AccountKind>().Select(AccountJson.Name)] },
                new("currency", ParameterKind.Currency, "What the account holds"),
                new("code", ParameterKind.Field, "Your own name of the account") { Field = FieldTypes.AccountCode },
                new("customer", ParameterKind.Id, "The owner"),
                .. QueryParameter.Page,
            ],
        },
        new("POST", "/v1/accounts", "Opens an internal account", OpenAccountAsync) { Scope = Scopes.Admin, BodyKind = BodyKind.Json, Body = OpenAccountBody, Success = 201, AnswerSchema = "Account" },
        new("POST", "/v1/accounts/{id}/freeze", "Stops an account's debits, or all its movements", FreezeAsync) { Scope = Scopes.Admin, BodyKind = BodyKind.Json, Body = FreezeBody, AnswerSchema = "Account" },
        new("POST", "/v1/accounts/{id}/unfreeze", "Opens a frozen account again", context => SubmitAsync(context, new UnfreezeAccount(context.PathId))) { Scope = Scopes.Admin, BodyKind = BodyKind.Empty, AnswerSchema = "Account" },
        new("POST", "/v1/accounts/{id}/close", "Closes an account at zero for ever", context => SubmitAsync(context, new CloseAccount(context.PathId))) { Scope = Scopes.Admin, BodyKind = BodyKind.Empty, AnswerSchema = "Account" },
        new("PUT", "/v1/accounts/{id}/floor", "Sets an account's lowest balance", context => SubmitAsync(context, new SetFloor(context.PathId, context.Body.OptionalAmount("floor")))) { Scope = Scopes.Admin, BodyKind = BodyKind.Json, Body = FloorBody, AnswerSchema = "Account" },
    ];

    static ValueTask<Answer> OpenWalletAsync(CallContext context) =>
        SubmitAsync(context, new OpenWallet(context.PathId, context.Body.Currency("currency"), context.Body.OptionalText("code") is { } code ? AccountCode.Parse(code) : null));

    static ValueTask<Answer> OpenAccountAsync(CallContext context)
    {
        var currency = context.Body.Currency("currency");
        long? floor = context.Body.Has("floor") ? null : 0;
        if (context.Body.OptionalAmount("floor") is { } named)
        {
            if (!named.TryToMinor(currency, out var minor, out var error))
                return ValueTask.FromResult(Answer.Reject(Rejection.InvalidFields(new FieldProblem("/floor", error))));
            floor = minor;
        }

        return SubmitAsync(context, new OpenInternalAccount(AccountCode.Parse(context.Body.Text("code")), currency, floor));
    }

    static ValueTask<Answer> FreezeAsync(CallContext context) =>
        SubmitAsync(context, new FreezeAccount(context.PathId, context.Body.Text("what") == "all" ? AccountStatus.Frozen : AccountStatus.DebitsFrozen));

    static ValueTask<Answer> SubmitAsync(CallContext context, Command command) =>
        context.SubmitAsync(command, outcome => new AccountContent(outcome.Account!, outcome.IsDryRun ? null : outcome.AsOf, IsNew: outcome.IsDryRun && outcome.Group is [.., { Body: Ledger.Journal.AccountOpened }]));

    static async ValueTask<Answer> GetAsync(CallContext context, bool walletsOnly)
    {
        var (at, problem) = await FindNumberAsync(context);
        if (problem is not null)
            return problem;
        var (account, number) = at is null
            ? await context.Engine.GetAccountAsync(context.Book, context.PathId, context.Cancelled)
            : await context.Reader.GetAccountAsync(context.Book, context.PathId, at, context.Cancelled);
        return account is null || (walletsOnly && account.Kind != AccountKind.Wallet)
            ? context.NotFound(walletsOnly ? "wallet" : "account")
            : Answer.Of(200, new AccountContent(account, number));
    }

    /// <summary>The journal number that <c>at</c> stands for; the future has none yet.</summary>
    static async ValueTask<(long? Number, Answer? Problem)> FindNumberAsync(CallContext context)
    {
        if (context.Query.Moment("at") is not { } moment)
            return (null, null);
        var (number, error) = await PointInTime.FindAsync(context.Engine, context.Book, moment.Number, moment.Instant, context.Time, context.Cancelled);
        return (number, error is null ? null : CallContext.InvalidQuery("at", error.Code, error.Detail));
    }

    static async ValueTask<Answer> ListWalletsAsync(CallContext context)
    {
        if ((await context.Reader.GetCustomerAsync(context.Book, context.PathId, context.Cancelled)).Value is null)
            return context.NotFound("customer");
        return await ListAsync(context, new AccountFilter(Customer: context.PathId));
    }

    static ValueTask<Answer> ListAsync(CallContext context)
    {
        var query = context.Query;
        return ListAsync(context, new AccountFilter(
            query.Text("kind") is { } kind ? Enum.Parse<AccountKind>(kind, ignoreCase: true) : null,
            query.Text("currency"),
            query.Text("code") is { } code ? AccountCode.Parse(code) : null,
            query.Id("customer")));
    }

    static async ValueTask<Answer> ListAsync(CallContext context, AccountFilter filter)
    {
        if (context.Page(out var problem) is not { } page)
            return problem!;
        var (found, number) = await context.Reader.ListAccountsAsync(context.Book, filter, page, context.Cancelled);
        return context.List(found, account => new AccountContent(account, number));
    }
}
