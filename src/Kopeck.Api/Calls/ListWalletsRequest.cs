using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a list of a customer's wallets.</summary>
public sealed record ListWalletsRequest : ListRequest<AccountAnswer>
{
    static readonly Call Definition = new Call<ListWalletsRequest, ListAnswer<AccountAnswer>>(
        "GET", "/v1/customers/{id}/wallets", "Lists a customer's wallets", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "AccountList",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        Query = take =>
        [
            .. take.Page(),
        ],
    };

    /// <summary>The customer.</summary>
    public LedgerId Id { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<ListAnswer<AccountAnswer>>> RunAsync(CallContext context, ListWalletsRequest request)
    {
        var id = request.Id.Number;
        if ((await context.Reader.GetCustomerAsync(context.Book, id, context.Cancelled).ConfigureAwait(false)).Value is null)
            return Refusals.NotFound("customer", request.Id.ToString());
        var filter = new AccountFilter(Customer: id);
        return await context.ListAsync(
            request,
            request.Id.ToString(),
            page => context.Reader.ListAccountsAsync(context.Book, filter, page, context.Cancelled),
            (account, number) => AccountAnswer.Of(account, number)).ConfigureAwait(false);
    }
}
