using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Registers a customer and, with a currency, opens its first wallet in the same group.</summary>
public sealed record RegisterCustomer(CountryCode Country, CustomerDetails Details, Currency? WalletCurrency) : Command
{
    /// <inheritdoc/>
    public override string Name => "register_customer";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer;

    /// <inheritdoc/>
    public override bool IsPersonal => true;

    /// <inheritdoc/>
    public override bool MayHaveMade(IReadOnlyList<Operation> group) =>
        group[0].Body is CustomerRegistered registered && registered.Country == Country
        && WalletCurrency?.Code == group.Select(operation => operation.Body).OfType<AccountOpened>().SingleOrDefault()?.Currency.Code;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        if (Details.Code is { } code)
            needs.CustomerCodes.Add(code);
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        writer.Add("country", Country.Value).Add("currency", WalletCurrency?.Code);
        for (var column = 0; column < CustomerDetails.Columns.Count; column++)
            CustomerRules.WriteFingerprint(writer, column, Details[column]);
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        return CustomerRules.CheckCountry(Country);
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if (Details.Code is { } code && on.State.FindCustomerByCode(code) is not null)
            return CustomerRules.CodeTaken(code);
        var id = on.State.Head.Number + 1;
        var personal = new PersonalValues(id, on.Salts.Next(), Details);
        var registered =
            new Draft(new CustomerRegistered(Country, PersonalDigests.Compute(personal.Salt, personal.Details))) { Personal = personal };
        return WalletCurrency is { } currency
            ? Decision.Of(registered, new Draft(new AccountOpened(AccountKind.Wallet, id, currency, null, 0)))
            : Decision.Of(registered);
    }
}
