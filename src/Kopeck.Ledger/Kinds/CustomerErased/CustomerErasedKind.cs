using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class CustomerErasedKind() : KindOf<CustomerErased>(OperationKind.CustomerErased, "customer_erased")
{
    protected override void Encode(CanonicalJson json, CustomerErased body) => json.Number("customer"u8, body.Customer);

    protected override CustomerErased Read(Stored body) => new(body.Number("customer"));

    protected override void Fold(BookState state, Operation operation, CustomerErased body)
    {
        if (state.FindCustomer(body.Customer) is { } customer)
            state.Set(customer with { Details = null, IsErased = true, Changed = operation.Number });
    }

    protected override Touched Touches(Operation operation, CustomerErased body) =>
        Touched.Customer(body.Customer) with { Erased = [body.Customer] };

    protected override Flaw? Recheck(BookState before, Operation operation, CustomerErased body) =>
        Flaw.OfBody(CustomerRules.Recheck(before, body.Customer));
}
