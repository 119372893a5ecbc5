using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;

namespace Kopeck.Ledger.Kinds;

/// <summary>An account was opened; its id is the operation's number.</summary>
/// <param name="Customer">The owner of a wallet.</param>
/// <param name="Code">The caller's own name of it.</param>
/// <param name="Floor">The lowest posted - held, in minor units; null is none.</param>
public sealed record AccountOpened(
    AccountKind AccountKind, long? Customer, Currency Currency, AccountCode? Code, long? Floor) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.AccountOpened;

    /// <summary>A system account.</summary>
    internal static AccountOpened System(AccountKind kind, Currency currency) => new(kind, null, currency, null, null);

    /// <summary>The account as the operation left it.</summary>
    /// <param name="operation">The operation that this is the body of.</param>
    public Account ToAccount(Operation operation) =>
        new() { Id = operation.Number, Kind = AccountKind, Customer = Customer, Currency = Currency, Code = Code, Floor = Floor };

    internal static Decision CodeTaken(AccountCode code) =>
        Decision.Reject(ErrorCode.AlreadyExists, $"The code {code} names another account of this book: choose another one");
}
