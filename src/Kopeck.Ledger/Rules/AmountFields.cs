using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Rules;

/// <summary>Amounts against the currency they are in, which may be known only from an account.</summary>
static class AmountFields
{
    /// <summary>An amount that is in a named currency, or else in that of an account that is paid from.</summary>
    /// <param name="from">Null where there is none.</param>
    /// <param name="to">Another account whose currency may be named.</param>
    public static Rejection? Read(DecimalAmount amount, Currency? named, Account? from, Account? to, out MinorAmounts amounts)
    {
        var problem = Read("/amount", amount, InWhich(named, from, to), out var minor);
        amounts = new MinorAmounts(minor);
        return problem is null ? null : Rejection.InvalidFields(problem);
    }

    /// <summary>An amount of a currency; of one that is not known only what no currency could have is refused.</summary>
    public static FieldProblem? Read(string pointer, DecimalAmount amount, Currency? currency, out long minor)
    {
        minor = 0;
        if (amount.IsZero)
            return new FieldProblem(pointer, "not_positive", "An amount is more than zero");
        FieldError? error;
        if (currency is { } known)
            return amount.TryToMinor(known, out minor, out error) ? null : new FieldProblem(pointer, error);
        if (amount.Decimals > AmountLimits.MaxMinorUnits)
            return new FieldProblem(
                pointer, "too_many_decimals", $"No currency has more than {AmountLimits.MaxMinorUnits} decimals, got {amount}");
        return amount.TryToMinor(new Currency("XXX", amount.Decimals), out _, out error)
            ? null
            : new FieldProblem(pointer, error.Code, $"An amount is at most {AmountLimits.MaxMinor} minor units");
    }

    // An account's own minor unit counts, whatever that of its code is today.
    public static Currency? InWhich(Currency? named, Account? from, Account? to)
    {
        if (named is not { } currency)
            return from?.Currency;
        if (from?.Currency.Code == currency.Code)
            return from.Currency;
        return to?.Currency.Code == currency.Code ? to.Currency : currency;
    }
}
