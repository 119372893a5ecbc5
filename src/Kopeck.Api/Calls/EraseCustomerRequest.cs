using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to erase a customer's personal values, past and present, for ever.</summary>
public sealed record EraseCustomerRequest : CallRequest<CustomerAnswer>
{
    static readonly Call Definition = new Call<EraseCustomerRequest, CustomerAnswer>(
        "DELETE", "/v1/customers/{id}/personal-data", "Erases a customer's personal values, past and present, for ever", RunAsync)
    {
        Scope = Scopes.Admin,
        BodyKind = BodyKind.Empty,
        AnswerSchema = "Customer",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
    };

    /// <summary>The customer.</summary>
    public LedgerId Id { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<CustomerAnswer>> RunAsync(CallContext context, EraseCustomerRequest request) =>
        context.SubmitAsync(new EraseCustomer(request.Id.Number), request, CustomerAnswer.Of);
}
