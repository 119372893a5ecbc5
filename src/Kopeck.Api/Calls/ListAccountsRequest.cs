using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a list of accounts.</summary>
public sealed record ListAccountsRequest : ListRequest<AccountAnswer>
{
    static readonly Call Definition = new Call<ListAccountsRequest, ListAnswer<AccountAnswer>>(
        "GET", "/v1/accounts", "Lists accounts", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "AccountList",
        Query = take =>
        [
            take.QueryChoice("kind", "What the account is for", AccountWords.Kinds, r => r.Kind, (r, kind) => r.Kind = kind),
            take.QueryCurrency("currency", "What the account holds", r => r.Currency, (r, currency) => r.Currency = currency),
            take.QueryText<AccountCode>("code", "Your own name of the account", r => r.Code, (r, code) => r.Code = code),
            take.QueryId("customer", "The owner", r => r.Customer, (r, id) => r.Customer = id),
            .. take.Page(),
        ],
    };

    /// <summary>What the account is for.</summary>
    public AccountKind? Kind { get; set; }

    /// <summary>What the account holds.</summary>
    public LedgerCurrency Currency { get; set; }

    /// <summary>Your own name of the account.</summary>
    public LedgerText<AccountCode> Code { get; set; }

    /// <summary>The owner.</summary>
    public LedgerId Customer { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<ListAnswer<AccountAnswer>>> RunAsync(CallContext context, ListAccountsRequest request)
    {
        var currency = request.Currency.IsGiven ? request.Currency.Currency.Code : null;
        var filter = new AccountFilter(
            request.Kind, currency, request.Code.OrNull, request.Customer.IsGiven ? request.Customer.Number : null);
        return context.ListAsync(
            request,
            "",
            page => context.Reader.ListAccountsAsync(context.Book, filter, page, context.Cancelled),
            (account, number) => AccountAnswer.Of(account, number));
    }
}
