using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Storage;

/// <summary>An operation that was applied, and what it left behind.</summary>
/// <param name="Account">The account that it opened, froze, unfroze, closed or whose floor it set.</param>
/// <param name="Customer">The customer that it registered, changed or erased.</param>
public readonly record struct Applied(Operation Operation, Account? Account, Customer? Customer)
{
    /// <summary>Applies an operation to a state.</summary>
    public static Applied To(BookState state, Operation operation)
    {
        state.Apply(operation);
        return new Applied(
            operation,
            AccountOf(operation) is { } account ? state.FindAccount(account) : null,
            CustomerOf(operation) is { } customer ? state.FindCustomer(customer) : null);
    }

    /// <summary>The account that an operation without entries is about.</summary>
    public static long? AccountOf(Operation operation) => operation.Body switch
    {
        AccountOpened => operation.Number,
        AccountFrozen body => body.Account,
        AccountUnfrozen body => body.Account,
        AccountClosed body => body.Account,
        FloorSet body => body.Account,
        _ => null,
    };

    /// <summary>The customer that an operation is about.</summary>
    public static long? CustomerOf(Operation operation) => operation.Body switch
    {
        CustomerRegistered => operation.Number,
        CustomerChanged body => body.Customer,
        CustomerErased body => body.Customer,
        _ => null,
    };
}
