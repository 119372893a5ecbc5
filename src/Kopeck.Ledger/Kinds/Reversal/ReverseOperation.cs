using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>An operation that moved money is to be taken back, whole or in part.</summary>
/// <param name="Original">Its number.</param>
public sealed record ReverseOperation(long Original) : MoneyCommand
{
    /// <summary>How much, of an original with one leg; all that remains if left out. Not with <see cref="Legs"/>.</summary>
    public DecimalAmount? Amount { get; init; }

    /// <summary>Of the amount: either of the original's; the payer's if left out.</summary>
    public Currency? Currency { get; init; }

    /// <summary>Some of the original's legs; null for all that remains.</summary>
    public ImmutableArray<ReverseLeg>? Legs { get; init; }

    /// <summary>Who bears what the rate moved since.</summary>
    public Difference Difference { get; init; }

    /// <summary>Whether as much is taken as is available, rather than all or nothing.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Why.</summary>
    public Description? Reason { get; init; }

    /// <inheritdoc/>
    public override string Name => "reverse";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.None;

    /// <inheritdoc/>
    public override Scopes ScopeOn(BookState state) =>
        state.FindOriginal(Original) is { } original ? ScopeOf(state, original) : Scopes.Transfer;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs) => needs.Originals.Add(Original);

    /// <inheritdoc/>
    public override void CollectReached(BookState state, Needs needs)
    {
        foreach (var leg in state.FindOriginal(Original)?.Legs ?? [])
        {
            needs.Accounts.Add(leg.From);
            needs.Accounts.Add(leg.To);
        }
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        var original = state?.FindOriginal(Original);
        writer.Add("operation", Original).Add("amount", Amount)
            .Add("currency", Currency, original is { Legs: [var only] } ? only.FromCurrency : null);
        if (Legs is { } legs)
        {
            writer.Add("legs", legs.Length);
            foreach (var leg in legs)
                writer.Add("leg", leg.Leg).Add("amount", leg.Amount).Add("currency", leg.Currency, LegOf(original, leg.Leg)?.FromCurrency);
        }

        writer.Add("difference", Difference == Difference.House ? null : Difference.Name())
            .Add("onInsufficient", IsPartial ? "partial" : null);
        writer.Add("reason", Reason?.Value);
        base.WriteFingerprint(writer, state);
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        var original = on.State.FindOriginal(Original);
        if (Legs is { } legs)
            return CheckLegs(original, legs, out amounts);
        if (Amount is not { } amount)
            return null;
        if (original?.Legs.Length > 1)
        {
            return Rejection.InvalidFields(new FieldProblem(
                "/amount", "legs_needed",
                $"Operation {Original} has {original.Legs.Length} legs: name them in 'legs', or no amount for all that remains"));
        }

        var problem = AmountFields.Read("/amount", amount, ReversalRules.CurrencyOf(LegOf(original, 0), Currency), out var minor);
        amounts = new MinorAmounts(minor);
        return problem is null ? null : Rejection.InvalidFields(problem);
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts) => on.State.FindOriginal(Original) is { } original
        ? new ReversalRules(on, this, original).Decide(amounts)
        : Decision.Reject(ErrorCode.NotFound, $"There is no operation {Original} in this book");

    static MovedLeg? LegOf(Original? original, int leg) => leg >= 0 && leg < original?.Legs.Length ? original.Legs[leg] : null;

    // That of whoever could have done the original.
    static Scopes ScopeOf(BookState state, Original original) => original.Kind switch
    {
        OperationKind.Deposit or OperationKind.Withdrawal => Scopes.Cash,
        OperationKind.Capture =>
            original.Legs.Aggregate(Scopes.Transfer, (scopes, leg) => scopes | ScopeOf(state, leg.From) | ScopeOf(state, leg.To)),
        OperationKind.Posting or OperationKind.Reversal => Scopes.Admin,
        _ => Scopes.Transfer,
    };

    static Scopes ScopeOf(BookState state, long account) => state.FindAccount(account)?.Kind switch
    {
        AccountKind.Cash => Scopes.Cash,
        AccountKind.Internal => Scopes.Admin,
        _ => Scopes.None,
    };

    static Rejection? CheckLegs(Original? original, ImmutableArray<ReverseLeg> legs, out MinorAmounts amounts)
    {
        amounts = default;
        var problems = ImmutableArray.CreateBuilder<FieldProblem>();
        if (legs.Length is 0 or > PostLegs.MaxLegs)
            problems.Add(
                new FieldProblem(
                    "/legs", legs.Length == 0 ? "empty" : "too_many",
                    $"Name 1 to {PostLegs.MaxLegs} legs, or none for all that remains; got {legs.Length}"));
        var each = ImmutableArray.CreateBuilder<long>(legs.Length);
        var seen = new HashSet<int>();
        for (var index = 0; index < legs.Length; index++)
        {
            var leg = legs[index];
            if (leg.Leg < 0 || (original is { Legs.IsEmpty: false } && leg.Leg >= original.Legs.Length))
                problems.Add(
                    new FieldProblem(
                        $"/legs/{index}/leg", "unknown_leg",
                        $"The legs of the operation are 0 to {Math.Max(0, (original?.Legs.Length ?? 1) - 1)}, got {leg.Leg}"));
            else if (!seen.Add(leg.Leg))
                problems.Add(
                    new FieldProblem($"/legs/{index}/leg", "twice", $"Leg {leg.Leg} is named twice: name it once, with the whole amount"));
            var currency = ReversalRules.CurrencyOf(LegOf(original, leg.Leg), leg.Currency);
            if (AmountFields.Read($"/legs/{index}/amount", leg.Amount, currency, out var minor) is { } problem)
                problems.Add(problem);
            each.Add(minor);
        }

        amounts = new MinorAmounts { Each = each.MoveToImmutable() };
        return problems.Count > 0 ? Rejection.InvalidFields(problems.ToImmutable()) : null;
    }
}
