using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Rules;

/// <summary>Transfers between two wallets, converted at the quotes in force where the currencies differ.</summary>
static class TransferRules
{
    public static Decision Decide(BookState state, TransferMoney transfer, Instant at)
    {
        var from = state.FindAccount(transfer.From);
        var to = state.FindAccount(transfer.To);
        if ((AccountChecks.CheckUsable(from, transfer.From, walletsOnly: true)
            ?? AccountChecks.CheckUsable(to, transfer.To, walletsOnly: true)
            ?? AccountChecks.CheckDifferent(transfer.From, transfer.To)
            ?? CheckCurrency(from!, to!, transfer.Currency)
            ?? AccountChecks.CheckOpen(from!)
            ?? AccountChecks.CheckOpen(to!)
            ?? AccountChecks.CheckDebitable(from!)
            ?? AccountChecks.CheckCreditable(to!)) is { } rejection)
            return Decision.Reject(rejection);

        var named = transfer.Currency ?? from!.Currency;
        var namedIsFrom = named.Code == from!.Currency.Code;
        if (!transfer.Amount.TryToMinor(namedIsFrom ? from.Currency : to!.Currency, out var amount, out var error))
            return Decision.Reject(Rejection.InvalidFields(new FieldProblem("/amount", error)));
        return from.Currency.Code == to!.Currency.Code ? Move(state, transfer, from, to, amount) : Convert(state, transfer, from, to, amount, namedIsFrom, at);
    }

    static Decision Move(BookState state, TransferMoney transfer, Account from, Account to, long amount)
    {
        if ((AccountChecks.CheckFunds(from, -amount) ?? AccountChecks.CheckRange(from, -amount) ?? AccountChecks.CheckRange(to, amount)) is { } rejection)
            return Decision.Reject(rejection);
        return new GroupDraft(state).Finish(new Draft(new MoneyMoved(OperationKind.Transfer, from.Id, to.Id, amount, from.Currency, transfer.Description, transfer.Metadata))
        {
            Entries = [GroupDraft.Move(from, -amount), GroupDraft.Move(to, amount)],
        });
    }

    static Decision Convert(BookState state, TransferMoney transfer, Account from, Account to, long amount, bool namedIsFrom, Instant at)
    {
        var noFrom = state.Quotes.Find(from.Currency, at.Date, out var fromQuote);
        var noTo = state.Quotes.Find(to.Currency, at.Date, out var toQuote);
        if (FirstQuoteProblem(noFrom, noTo) is { } quoteProblem)
            return Decision.Reject(quoteProblem);

        var derived = Conversion.Derive(amount, namedIsFrom, from.Currency, fromQuote.Rate, to.Currency, toQuote.Rate);
        if (derived == 0)
            return Decision.Reject(ErrorCode.AmountTooSmall, $"The amount is worth less than the smallest unit of {(namedIsFrom ? to : from).Currency.Code}: name a larger one");
        // The funds come before the limit: what nobody has is not there, however large.
        if ((AccountChecks.CheckFunds(from, namedIsFrom ? -amount : -derived)
            ?? (derived > AmountLimits.MaxMinor ? TooLarge((namedIsFrom ? to : from).Currency) : null)) is { } tooMuch)
            return Decision.Reject(tooMuch);
        var (debit, credit) = namedIsFrom ? (amount, (long)derived) : ((long)derived, amount);
        var group = new GroupDraft(state);
        var exchangeFrom = group.SystemAccount(AccountKind.Exchange, from.Currency);
        var exchangeTo = group.SystemAccount(AccountKind.Exchange, to.Currency);
        if ((AccountChecks.CheckRange(from, -debit)
            ?? AccountChecks.CheckRange(exchangeFrom, debit)
            ?? AccountChecks.CheckRange(exchangeTo, -credit)
            ?? AccountChecks.CheckRange(to, credit)) is { } rejection)
            return Decision.Reject(rejection);

        var exchange = new Exchange(from.Currency.Code, to.Currency.Code, Conversion.DisplayRate(fromQuote.Rate, toQuote.Rate), fromQuote, toQuote);
        var named = namedIsFrom ? from.Currency : to.Currency;
        return group.Finish(new Draft(new MoneyMoved(OperationKind.Transfer, from.Id, to.Id, amount, named, transfer.Description, transfer.Metadata, exchange))
        {
            Entries = [GroupDraft.Move(from, -debit), GroupDraft.Move(exchangeFrom, debit), GroupDraft.Move(exchangeTo, -credit), GroupDraft.Move(to, credit)],
        });
    }

    static Rejection TooLarge(Currency currency) => new(
        ErrorCode.Overflow, $"The other side is more than {MoneyText.Format(AmountLimits.MaxMinor, currency.MinorUnits)} {currency.Code}: name a smaller amount");

    static Rejection? FirstQuoteProblem(Rejection? from, Rejection? to) =>
        from?.Code == ErrorCode.QuoteMissing ? from : to?.Code == ErrorCode.QuoteMissing ? to : from ?? to;

    static Rejection? CheckCurrency(Account from, Account to, Currency? named) =>
        named is { } currency && currency.Code != from.Currency.Code && currency.Code != to.Currency.Code
            ? new Rejection(ErrorCode.CurrencyMismatch, $"The amount is in {currency.Code}, but the wallets hold {from.Currency.Code} and {to.Currency.Code}")
            : null;
}
