using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Rules;

/// <summary>
/// The rules: pure functions from a book's state, a command and an instant to the operations of its group, or to a rejection.
/// Where several rejections apply, the order is that of docs/http.md.
/// </summary>
public static class LedgerRules
{
    /// <summary>What can be said of a command's fields only with the book at hand, such as the decimals of an amount in an account's currency. Comes before keys are looked at.</summary>
    public static Rejection? CheckFields(BookState state, Command command, Instant at) => command switch
    {
        Deposit deposit => MoneyFields.Check(state, deposit.Wallet, deposit.Amount, deposit.Currency),
        Withdraw withdraw => MoneyFields.Check(state, withdraw.Wallet, withdraw.Amount, withdraw.Currency),
        TransferMoney transfer => MoneyFields.Check(state, transfer.From, transfer.Amount, transfer.Currency),
        PostLegs posting => MoneyFields.Check(state, posting),
        SetFloor floor => MoneyFields.Check(state, floor),
        RegisterCustomer register => CustomerRules.CheckCountry(register.Country),
        ChangeCustomer { Country: { } country } => CustomerRules.CheckCountry(country),
        LoadQuotes load => QuoteRules.CheckFields(state, load, at),
        ImportQuotes import => QuoteRules.CheckFields(state, import, at),
        _ => null,
    };

    /// <summary>Decides a command whose fields are right and whose needs are loaded.</summary>
    public static Decision Decide(BookState state, Command command, Instant at, ISaltSource salts) => command switch
    {
        Deposit deposit => CashRules.Decide(state, deposit),
        Withdraw withdraw => CashRules.Decide(state, withdraw),
        TransferMoney transfer => TransferRules.Decide(state, transfer, at),
        PostLegs posting => PostingRules.Decide(state, posting),
        RegisterCustomer register => CustomerRules.Decide(state, register, salts),
        ChangeCustomer change => CustomerRules.Decide(state, change, salts),
        EraseCustomer erase => CustomerRules.Decide(state, erase),
        OpenWallet open => AccountRules.Decide(state, open),
        OpenInternalAccount open => AccountRules.Decide(state, open),
        FreezeAccount freeze => AccountRules.Decide(state, freeze),
        UnfreezeAccount unfreeze => AccountRules.Decide(state, unfreeze),
        CloseAccount close => AccountRules.Decide(state, close),
        SetFloor floor => AccountRules.Decide(state, floor),
        LoadQuotes load => QuoteRules.Decide(load),
        ImportQuotes import => QuoteRules.Decide(state, import),
        OpenBook open => Decision.Of(new Draft(new Journal.BookOpened(open.BaseCurrency, open.QuoteMaxAgeDays))),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.Name, "unknown command"),
    };
}
