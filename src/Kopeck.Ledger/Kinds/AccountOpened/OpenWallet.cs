using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Opens a wallet for a customer.</summary>
public sealed record OpenWallet(long Customer, Currency Currency, AccountCode? Code) : Command
{
    /// <inheritdoc/>
    public override string Name => "open_wallet";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        needs.Customers.Add(Customer);
        if (Code is { } code)
            needs.AccountCodes.Add(code);
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state) =>
        writer.Add("customer", Customer).Add("currency", Currency.Code).Add("code", Code?.Value);

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        if (on.State.FindCustomer(Customer) is not { IsErased: false })
            return CustomerRules.NotFound(Customer);
        if (Code is { } code && on.State.FindAccountByCode(code) is not null)
            return AccountOpened.CodeTaken(code);
        return Decision.Of(new Draft(new AccountOpened(AccountKind.Wallet, Customer, Currency, Code, 0)));
    }
}
