using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Storage;

/// <summary>An operation that was applied, and what it left behind. <c>default</c> is no operation.</summary>
/// <param name="Touched">What it made or changed, by id.</param>
/// <param name="Accounts">The accounts of <paramref name="Touched"/> as it left them; those that the state does not know are left
/// out.</param>
/// <param name="Customers">The customers of <paramref name="Touched"/> as it left them; those that the state does not know are left
/// out.</param>
public readonly record struct Applied(
    Operation Operation, Touched Touched, ImmutableArray<Account> Accounts, ImmutableArray<Customer> Customers)
{
    /// <summary>Applies an operation to a state.</summary>
    public static Applied To(BookState state, Operation operation)
    {
        state.Apply(operation);
        var touched = KindList.Of(operation.Kind).Touches(operation);
        return new Applied(operation, touched, AccountsOf(state, touched), CustomersOf(state, touched));
    }

    /// <summary>The accounts that were touched, as a state knows them.</summary>
    public static ImmutableArray<Account> AccountsOf(BookState state, Touched touched) =>
        touched.Accounts.IsEmpty ? [] : [.. touched.Accounts.Select(state.FindAccount).OfType<Account>()];

    /// <summary>The customers that were touched, as a state knows them.</summary>
    public static ImmutableArray<Customer> CustomersOf(BookState state, Touched touched) =>
        touched.Customers.IsEmpty ? [] : [.. touched.Customers.Select(state.FindCustomer).OfType<Customer>()];
}
