using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class CustomerChangedKind() : KindOf<CustomerChanged>(OperationKind.CustomerChanged, "customer_changed")
{
    protected override void Encode(CanonicalJson json, CustomerChanged body) => json
        .Number("customer"u8, body.Customer)
        .Text("country"u8, body.Country.Value)
        .Text("personalDigest"u8, body.PersonalDigest.ToString());

    protected override CustomerChanged Read(Stored body) =>
        new(body.Number("customer"), CountryCode.Restore(body.Text("country")), body.Digest("personalDigest"));

    protected override void Fold(BookState state, Operation operation, CustomerChanged body) => state.Set(body.ToCustomer(operation));

    protected override Touched Touches(Operation operation, CustomerChanged body) => Touched.Customer(body.Customer);

    protected override Flaw? Recheck(BookState before, Operation operation, CustomerChanged body) =>
        Flaw.OfBody(CustomerRules.Recheck(before, body.Customer));
}
