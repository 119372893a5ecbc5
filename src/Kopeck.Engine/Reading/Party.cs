using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Engine.Reading;

/// <summary>Whose account it is, as of a number.</summary>
/// <param name="Name">The customer's name then; null for other kinds of account, and after the customer was erased.</param>
/// <param name="CustomerCode">The customer's code then.</param>
public sealed record Party(
    long Account, AccountKind Kind, AccountCode? Code, Currency Currency, long? Customer, CustomerName? Name, CustomerCode? CustomerCode);
