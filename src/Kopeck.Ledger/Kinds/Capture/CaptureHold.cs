using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Something of a hold is to be taken, and paid to one receiver or several.</summary>
public sealed record CaptureHold(long Hold) : HoldCommand(Hold)
{
    /// <summary>The most receivers of one capture.</summary>
    public const int MaxLegs = 1_000;

    /// <summary>How much; all that remains if left out. Not with <see cref="Legs"/>.</summary>
    public DecimalAmount? Amount { get; init; }

    /// <summary>Of the amount: the account's or the receiver's; that in which the hold was asked for if left out.</summary>
    public Currency? Currency { get; init; }

    /// <summary>The receiver, where the hold has none.</summary>
    public long? To { get; init; }

    /// <summary>Whether the outside world is the receiver.</summary>
    public bool ToCash { get; init; }

    /// <summary>Several receivers, 1 to <see cref="MaxLegs"/>; null for one.</summary>
    public ImmutableArray<CaptureLeg>? Legs { get; init; }

    /// <summary>Whether what is not taken is released.</summary>
    public bool IsFinal { get; init; }

    /// <inheritdoc/>
    public override string Name => "capture";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer | (ToCash ? Scopes.Cash : Scopes.None);

    /// <inheritdoc/>
    public override Scopes ScopeOn(BookState state)
    {
        // Whom an administrator fixed as the receiver may be paid by whoever may capture.
        var given = state.FindHold(Hold)?.To;
        return base.ScopeOn(state)
            | (Named.Any(to => to != given && state.FindAccount(to)?.Kind == AccountKind.Internal) ? Scopes.Admin : Scopes.None);
    }

    IEnumerable<long> Named => Legs is { } legs ? legs.Select(leg => leg.To) : To is { } to ? [to] : [];

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        base.CollectNeeds(needs);
        needs.Accounts.UnionWith(Named);
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        base.WriteFingerprint(writer, state);
        var asked = state?.FindHold(Hold)?.Asked;
        writer.Add("amount", Amount).Add("currency", Currency, asked).Add("to", To).Add("to", ToCash ? "cash" : null)
            .Add("final", IsFinal ? "true" : null);
        if (Legs is not { } legs)
            return;
        writer.Add("legs", legs.Length);
        foreach (var leg in legs)
            writer.Add("to", leg.To).Add("amount", leg.Amount).Add("currency", leg.Currency, asked);
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        var hold = on.State.FindHold(Hold);
        if (Legs is { } legs)
            return CheckLegs(on.State, legs, hold, out amounts);
        if (Amount is { } amount)
        {
            if (AmountFields.Read("/amount", amount, CaptureRules.CurrencyOf(on.State, hold, To ?? hold?.To, Currency), out var minor)
                is { } problem)
                return Rejection.InvalidFields(problem);
            amounts = new MinorAmounts(minor);
        }

        return hold is { IsReceiverFixed: false } && To is null && !ToCash
            ? Rejection.InvalidFields(new FieldProblem("/to", "required", $"Hold {Hold} fixes no receiver: say who is paid"))
            : null;
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts) =>
        on.State.FindHold(Hold) is { } hold ? new CaptureRules(on, this, hold).Decide(amounts) : Decision.Reject(HoldChecks.NotFound(Hold));

    static Rejection? CheckLegs(BookState state, ImmutableArray<CaptureLeg> legs, Hold? hold, out MinorAmounts amounts)
    {
        amounts = default;
        var problems = ImmutableArray.CreateBuilder<FieldProblem>();
        if (legs.Length is 0 or > MaxLegs)
            problems.Add(
                new FieldProblem(
                    "/legs", legs.Length == 0 ? "empty" : "too_many", $"A capture has 1 to {MaxLegs} legs, got {legs.Length}"));
        var each = ImmutableArray.CreateBuilder<long>(legs.Length);
        for (var index = 0; index < legs.Length; index++)
        {
            var leg = legs[index];
            var currency = CaptureRules.CurrencyOf(state, hold, leg.To, leg.Currency);
            if (AmountFields.Read($"/legs/{index}/amount", leg.Amount, currency, out var minor) is { } problem)
                problems.Add(problem);
            each.Add(minor);
        }

        amounts = new MinorAmounts { Each = each.MoveToImmutable() };
        return problems.Count > 0 ? Rejection.InvalidFields(problems.ToImmutable()) : null;
    }
}
