using System.Collections.Immutable;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Rules;

/// <summary>Amounts against the currency they are in, which may be known only from an account.</summary>
static class MoneyFields
{
    public static Rejection? Check(BookState state, long account, DecimalAmount amount, Currency? named)
    {
        var currency = named ?? state.FindAccount(account)?.Currency;
        return CheckAmount("/amount", amount, currency) is { } problem ? Rejection.InvalidFields(problem) : null;
    }

    public static Rejection? Check(BookState state, PostLegs posting)
    {
        var problems = ImmutableArray.CreateBuilder<FieldProblem>();
        if (posting.Legs.Length is 0 or > PostLegs.MaxLegs)
            problems.Add(new FieldProblem("/legs", posting.Legs.Length == 0 ? "empty" : "too_many", $"A posting has 1 to {PostLegs.MaxLegs} legs, got {posting.Legs.Length}"));
        for (var index = 0; index < posting.Legs.Length; index++)
        {
            var leg = posting.Legs[index];
            if (CheckAmount($"/legs/{index}/amount", leg.Amount, state.FindAccount(leg.From)?.Currency) is { } problem)
                problems.Add(problem);
        }

        return problems.Count > 0 ? Rejection.InvalidFields(problems.ToImmutable()) : null;
    }

    public static Rejection? Check(BookState state, SetFloor command)
    {
        if (command.Floor is not { } floor || state.FindAccount(command.Account) is not { } account)
            return null;
        return floor.TryToMinor(account.Currency, out _, out var error) ? null : Rejection.InvalidFields(new FieldProblem("/floor", error));
    }

    static FieldProblem? CheckAmount(string pointer, DecimalAmount amount, Currency? currency)
    {
        if (amount.IsZero)
            return new FieldProblem(pointer, "not_positive", "An amount is more than zero");
        FieldError? error = null;
        return currency is { } known && !amount.TryToMinor(known, out _, out error) ? new FieldProblem(pointer, error!) : null;
    }
}
