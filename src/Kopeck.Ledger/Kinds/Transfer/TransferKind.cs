using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class TransferKind() : MoneyKind<Transferred>(OperationKind.Transfer, "transfer")
{
    protected override Transferred Read(Stored body) => new(
        body.Number("from"), body.Number("to"), body.Number("amountMinor"), body.Currency(), body.Description(), body.Metadata(),
        body.Exchange());

    protected override bool Connects(Account from, Account to) => from.Kind == AccountKind.Wallet && to.Kind == AccountKind.Wallet;

    protected override string? CheckEntries(BookState before, Operation operation, Transferred body) =>
        body.Exchange is null ? base.CheckEntries(before, operation, body) : CheckConverted(before, operation, body);

    static string? CheckConverted(BookState before, Operation operation, Transferred body)
    {
        if (operation.Entries is not [var debit, var exchangeIn, var exchangeOut, var credit]
            || debit.Account != body.From
            || credit.Account != body.To
            || body.Exchange is not { } exchange)
            return "a conversion has four entries";
        if (before.FindAccount(body.From) is not { Kind: AccountKind.Wallet } from
            || before.FindAccount(body.To) is not { Kind: AccountKind.Wallet } to
            || debit.Currency.Code == credit.Currency.Code)
            return "a conversion moves money between wallets of two currencies";
        if (Movements.CheckMovable(from, to) is { } problem)
            return problem;
        if (before.FindSystemAccount(AccountKind.Exchange, debit.Currency)?.Id != exchangeIn.Account
            || before.FindSystemAccount(AccountKind.Exchange, credit.Currency)?.Id != exchangeOut.Account)
            return "a conversion passes through the exchange accounts";
        if (exchangeIn.Amount != -debit.Amount || exchangeOut.Amount != -credit.Amount)
            return "what the exchange accounts move is not what the wallets move";
        if (!before.Terms.CanBeDayOf(exchange.Date, operation.At))
            return "the quotes are of another day";
        if (before.Quotes.Find(debit.Currency, exchange.Date, out var fromQuote) is not null || fromQuote != exchange.FromQuote
            || before.Quotes.Find(credit.Currency, exchange.Date, out var toQuote) is not null || toQuote != exchange.ToQuote)
            return "the quotes are not those in force";
        if (exchange.From != debit.Currency.Code || exchange.To != credit.Currency.Code
            || exchange.Rate != Conversion.DisplayRate(fromQuote.Pair, toQuote.Pair))
            return "the rate that was shown does not follow from the quotes";
        if (body.Currency != debit.Currency && body.Currency != credit.Currency)
            return "the named amount is in a third currency";
        var namedIsFrom = body.Currency == debit.Currency;
        var (named, other) = namedIsFrom ? (-debit.Amount, credit.Amount) : (credit.Amount, -debit.Amount);
        return named == body.AmountMinor
            && Conversion.TryDerive(named, namedIsFrom, debit.Currency, fromQuote.Pair, credit.Currency, toQuote.Pair, out var derived)
            && derived == other
            ? null
            : "the amounts do not follow from the quotes";
    }
}
