using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Verification;

/// <summary>Decides again what a money operation moved: the entries must follow from the body, the accounts and the quotes in force.</summary>
static class MoneyChecks
{
    /// <summary>Why the entries do not follow; null when they do.</summary>
    public static string? Check(BookState before, Operation operation) => operation.Body switch
    {
        MoneyMoved { Exchange: null } moved => CheckPlain(before, operation, moved),
        MoneyMoved moved => CheckConverted(before, operation, moved),
        Posted posted => CheckPosted(before, operation, posted),
        _ => operation.Entries.IsEmpty ? null : "an operation of this kind moves nothing",
    };

    static string? CheckPlain(BookState before, Operation operation, MoneyMoved moved)
    {
        if (operation.Entries is not [var debit, var credit] || debit.Account != moved.From || credit.Account != moved.To || debit.Amount != -moved.AmountMinor || credit.Amount != moved.AmountMinor || moved.AmountMinor <= 0)
            return "the entries are not those of the body";
        var (from, to) = (before.FindAccount(moved.From), before.FindAccount(moved.To));
        if (from is null || to is null)
            return "an account was not opened";
        var isRight = moved.Kind switch
        {
            OperationKind.Deposit => from.Kind == AccountKind.Cash && !to.IsSystem,
            OperationKind.Withdrawal => to.Kind == AccountKind.Cash && !from.IsSystem,
            _ => from.Kind == AccountKind.Wallet && to.Kind == AccountKind.Wallet,
        };
        if (!isRight || debit.Currency != moved.Currency || credit.Currency != moved.Currency)
            return $"a {moved.Kind.Name()} does not move money between accounts of these kinds";
        return CheckMovable(from, to);
    }

    static string? CheckConverted(BookState before, Operation operation, MoneyMoved moved)
    {
        if (operation.Entries is not [var debit, var exchangeIn, var exchangeOut, var credit] || debit.Account != moved.From || credit.Account != moved.To || moved.Exchange is not { } exchange)
            return "a conversion has four entries";
        if (before.FindAccount(moved.From) is not { Kind: AccountKind.Wallet } from || before.FindAccount(moved.To) is not { Kind: AccountKind.Wallet } to || moved.Kind != OperationKind.Transfer || debit.Currency == credit.Currency)
            return "a conversion moves money between wallets of two currencies";
        if (CheckMovable(from, to) is { } problem)
            return problem;
        if (before.FindSystemAccount(AccountKind.Exchange, debit.Currency)?.Id != exchangeIn.Account || before.FindSystemAccount(AccountKind.Exchange, credit.Currency)?.Id != exchangeOut.Account)
            return "a conversion passes through the exchange accounts";
        if (exchangeIn.Amount != -debit.Amount || exchangeOut.Amount != -credit.Amount)
            return "what the exchange accounts move is not what the wallets move";
        if (before.Quotes.Find(debit.Currency, operation.At.Date, out var fromQuote) is not null || fromQuote != exchange.FromQuote
            || before.Quotes.Find(credit.Currency, operation.At.Date, out var toQuote) is not null || toQuote != exchange.ToQuote)
            return "the quotes are not those in force";
        if (exchange.From != debit.Currency.Code || exchange.To != credit.Currency.Code || exchange.Rate != Conversion.DisplayRate(fromQuote.Rate, toQuote.Rate))
            return "the rate that was shown does not follow from the quotes";
        if (moved.Currency != debit.Currency && moved.Currency != credit.Currency)
            return "the named amount is in a third currency";
        var namedIsFrom = moved.Currency == debit.Currency;
        var (named, other) = namedIsFrom ? (-debit.Amount, credit.Amount) : (credit.Amount, -debit.Amount);
        return named == moved.AmountMinor && Conversion.TryDerive(named, namedIsFrom, debit.Currency, fromQuote.Rate, credit.Currency, toQuote.Rate, out var derived) && derived == other
            ? null
            : "the amounts do not follow from the quotes";
    }

    static string? CheckPosted(BookState before, Operation operation, Posted posted)
    {
        if (operation.Entries.Length != 2 * posted.Legs.Length)
            return "a posting has two entries a leg";
        for (var index = 0; index < posted.Legs.Length; index++)
        {
            var leg = posted.Legs[index];
            var (debit, credit) = (operation.Entries[2 * index], operation.Entries[2 * index + 1]);
            if (debit.Account != leg.From || credit.Account != leg.To || debit.Currency != leg.Currency || credit.Currency != leg.Currency || debit.Amount != -leg.AmountMinor || credit.Amount != leg.AmountMinor || leg.AmountMinor <= 0)
                return $"the entries of leg {index} are not those of the body";
            if (before.FindAccount(leg.From) is not { IsSystem: false } from || before.FindAccount(leg.To) is not { IsSystem: false } to)
                return $"leg {index} names an account that a posting cannot";
            if (CheckMovable(from, to) is { } problem)
                return problem;
        }

        return null;
    }

    static string? CheckMovable(Account from, Account to)
    {
        if (from.Id == to.Id)
            return "it moves money from an account to itself";
        if (from.Status != AccountStatus.Open)
            return $"account {from.Id} could not be debited";
        return to.Status is AccountStatus.Open or AccountStatus.DebitsFrozen ? null : $"account {to.Id} could not be credited";
    }
}
