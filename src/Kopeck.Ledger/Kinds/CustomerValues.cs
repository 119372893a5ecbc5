using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>All values of a customer from an operation on. The personal ones stand in the journal as a digest.</summary>
/// <param name="PersonalDigest">See <see cref="PersonalDigests"/>.</param>
public abstract record CustomerValues(CountryCode Country, Digest PersonalDigest) : OperationBody
{
    /// <summary>The customer's id.</summary>
    /// <param name="operation">The operation that this is the body of.</param>
    public abstract long CustomerOf(Operation operation);

    /// <summary>The customer as the operation left it, without personal values where they were erased since.</summary>
    /// <param name="operation">The operation that this is the body of.</param>
    public Customer ToCustomer(Operation operation) =>
        new() { Id = CustomerOf(operation), Country = Country, Details = operation.Personal?.Details, Changed = operation.Number };
}
