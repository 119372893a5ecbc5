using System.Collections.Immutable;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Money moves in several legs, judged on the whole.</summary>
/// <param name="Legs">1 to <see cref="MaxLegs"/>.</param>
public sealed record PostLegs(ImmutableArray<Leg> Legs) : MoneyCommand
{
    /// <summary>The most legs of a posting.</summary>
    public const int MaxLegs = 1_000;

    /// <inheritdoc/>
    public override string Name => "posting";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        foreach (var leg in Legs)
        {
            needs.Accounts.Add(leg.From);
            needs.Accounts.Add(leg.To);
        }
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        writer.Add("legs", Legs.Length);
        foreach (var leg in Legs)
            writer.Add("from", leg.From).Add("to", leg.To).Add("amount", leg.Amount);
        base.WriteFingerprint(writer, state);
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        var problems = ImmutableArray.CreateBuilder<FieldProblem>();
        if (Legs.Length is 0 or > MaxLegs)
            problems.Add(
                new FieldProblem(
                    "/legs", Legs.Length == 0 ? "empty" : "too_many", $"A posting has 1 to {MaxLegs} legs, got {Legs.Length}"));
        var each = ImmutableArray.CreateBuilder<long>(Legs.Length);
        for (var index = 0; index < Legs.Length; index++)
        {
            var leg = Legs[index];
            if (AmountFields.Read($"/legs/{index}/amount", leg.Amount, on.State.FindAccount(leg.From)?.Currency, out var minor)
                is { } problem)
                problems.Add(problem);
            each.Add(minor);
        }

        if (problems.Count > 0)
            return Rejection.InvalidFields(problems.ToImmutable());
        amounts = new MinorAmounts { Each = each.MoveToImmutable() };
        return null;
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts) => PostingRules.Decide(on.State, this, amounts.Each);
}
