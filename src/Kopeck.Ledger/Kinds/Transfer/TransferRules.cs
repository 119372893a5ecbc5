using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Rules;

namespace Kopeck.Ledger.Kinds;

/// <summary>Transfers between two wallets, converted at the quotes in force where the currencies differ.</summary>
static class TransferRules
{
    /// <param name="amount">The named amount in minor units.</param>
    public static Decision Decide(Ruling on, TransferMoney transfer, long amount)
    {
        var from = on.State.FindAccount(transfer.From);
        var to = on.State.FindAccount(transfer.To);
        if ((AccountChecks.CheckUsable(from, transfer.From, walletsOnly: true)
            ?? AccountChecks.CheckUsable(to, transfer.To, walletsOnly: true)
            ?? AccountChecks.CheckDifferent(transfer.From, transfer.To)
            ?? CheckCurrency(from!, to!, transfer.Currency)
            ?? AccountChecks.CheckOpen(from!)
            ?? AccountChecks.CheckOpen(to!)
            ?? AccountChecks.CheckDebitable(from!)
            ?? AccountChecks.CheckCreditable(to!)) is { } rejection)
            return Decision.Reject(rejection);
        return from!.Currency == to!.Currency ? Move(on, transfer, from, to, amount) : Convert(on, transfer, from, to, amount);
    }

    static Decision Move(Ruling on, TransferMoney transfer, Account from, Account to, long amount)
    {
        if (Movements.Check(from, to, amount) is { } rejection)
            return Decision.Reject(rejection);
        var body = new Transferred(from.Id, to.Id, amount, from.Currency, transfer.Description, transfer.Metadata);
        return Decision.Of(new Draft(body) { Entries = [Movements.Of(from, -amount), Movements.Of(to, amount)] });
    }

    static Decision Convert(Ruling on, TransferMoney transfer, Account from, Account to, long amount)
    {
        var today = on.Today;
        var noFrom = on.State.Quotes.Find(from.Currency, today, out var fromQuote);
        var noTo = on.State.Quotes.Find(to.Currency, today, out var toQuote);
        if (FirstQuoteProblem(noFrom, noTo) is { } quoteProblem)
            return Decision.Reject(quoteProblem);
        var namedIsFrom = transfer.Currency is not { } currency || currency.Code == from.Currency.Code;
        var (named, other) = namedIsFrom ? (from.Currency, to.Currency) : (to.Currency, from.Currency);
        var derived = Conversion.Derive(amount, namedIsFrom, from.Currency, fromQuote.Pair, to.Currency, toQuote.Pair);
        if (derived == 0)
            return Decision.Reject(
                ErrorCode.AmountTooSmall, $"The amount is worth less than the smallest unit of {other.Code}: name a larger one");
        // The funds come before the limit: what nobody has is not there, however large.
        if ((AccountChecks.CheckFunds(from, namedIsFrom ? -amount : -derived) ?? (derived > AmountLimits.MaxMinor ? TooLarge(other) : null))
            is { } tooMuch)
            return Decision.Reject(tooMuch);
        var (debit, credit) = namedIsFrom ? (amount, (long)derived) : ((long)derived, amount);
        var group = new GroupDraft(on.State);
        var exchangeFrom = group.SystemAccount(AccountKind.Exchange, from.Currency);
        var exchangeTo = group.SystemAccount(AccountKind.Exchange, to.Currency);
        if ((AccountChecks.CheckRange(from, -debit)
            ?? AccountChecks.CheckRange(exchangeFrom, debit)
            ?? AccountChecks.CheckRange(exchangeTo, -credit)
            ?? AccountChecks.CheckRange(to, credit)) is { } rejection)
            return Decision.Reject(rejection);
        var rate = Conversion.DisplayRate(fromQuote.Pair, toQuote.Pair);
        var exchange = new Exchange(from.Currency.Code, to.Currency.Code, rate, today, fromQuote, toQuote);
        var body = new Transferred(from.Id, to.Id, amount, named, transfer.Description, transfer.Metadata, exchange);
        return group.Finish(new Draft(body)
        {
            Entries =
            [
                Movements.Of(from, -debit), Movements.Of(exchangeFrom, debit), Movements.Of(exchangeTo, -credit), Movements.Of(to, credit)
            ],
        });
    }

    static Rejection TooLarge(Currency currency) => new(
        ErrorCode.Overflow,
        $"The other side is more than {MoneyText.Format(AmountLimits.MaxMinor, currency)} {currency.Code}: name a smaller amount");

    static Rejection? FirstQuoteProblem(Rejection? from, Rejection? to) =>
        from?.Code == ErrorCode.QuoteMissing ? from : to?.Code == ErrorCode.QuoteMissing ? to : from ?? to;

    static Rejection? CheckCurrency(Account from, Account to, Currency? named)
    {
        if (named is { } currency && currency.Code != from.Currency.Code && currency.Code != to.Currency.Code)
        {
            return new Rejection(
                ErrorCode.CurrencyMismatch,
                $"The amount is in {currency.Code}, but the wallets hold {from.Currency.Code} and {to.Currency.Code}");
        }

        return AccountChecks.CheckSameMinorUnit(from, to);
    }
}
