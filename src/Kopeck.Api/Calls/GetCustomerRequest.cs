using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a customer.</summary>
public sealed record GetCustomerRequest : CallRequest<CustomerAnswer>
{
    static readonly Call Definition = new Call<GetCustomerRequest, CustomerAnswer>("GET", "/v1/customers/{id}", "A customer", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "Customer",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
    };

    /// <summary>The customer.</summary>
    public LedgerId Id { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<CustomerAnswer>> RunAsync(CallContext context, GetCustomerRequest request)
    {
        var (customer, number) = await context.Reader.GetCustomerAsync(
            context.Book, request.Id.Number, context.Cancelled).ConfigureAwait(false);
        return customer is null ? Refusals.NotFound("customer", request.Id.ToString()) : CustomerAnswer.Of(customer, number);
    }
}
