using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class CustomerRegisteredKind() : KindOf<CustomerRegistered>(OperationKind.CustomerRegistered, "customer_registered")
{
    protected override void Encode(CanonicalJson json, CustomerRegistered body) =>
        json.Text("country"u8, body.Country.Value).Text("personalDigest"u8, body.PersonalDigest.ToString());

    protected override CustomerRegistered Read(Stored body) =>
        new(CountryCode.Restore(body.Text("country")), body.Digest("personalDigest"));

    protected override void Fold(BookState state, Operation operation, CustomerRegistered body) => state.Set(body.ToCustomer(operation));

    protected override Touched Touches(Operation operation, CustomerRegistered body) => Touched.Customer(operation.Number);

    // Whatever its values are: their digest is compared beside this.
    protected override Flaw? Recheck(BookState before, Operation operation, CustomerRegistered body) => null;
}
