using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Erases a customer's personal values, past and present.</summary>
public sealed record EraseCustomer(long Customer) : Command
{
    /// <inheritdoc/>
    public override string Name => "erase_customer";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs) => needs.Customers.Add(Customer);

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state) => writer.Add("customer", Customer);

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if (on.State.FindCustomer(Customer) is not { } customer)
            return CustomerRules.NotFound(Customer);
        return customer.IsErased ? Decision.Unchanged(Touched.Customer(Customer)) : Decision.Of(new Draft(new CustomerErased(Customer)));
    }
}
