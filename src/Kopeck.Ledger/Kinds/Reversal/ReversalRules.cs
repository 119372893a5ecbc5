using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.Rules;
using static Kopeck.Ledger.Rules.ManyChecks;

namespace Kopeck.Ledger.Kinds;

/// <summary>Reversals: never more than the original, by leg and side, and never below a floor.</summary>
sealed class ReversalRules(Ruling on, ReverseOperation reverse, Original original)
{
    /// <summary>
    /// The currency of an amount of a leg, with the leg's own minor unit; null where the leg is not known and none is named.
    /// </summary>
    public static Currency? CurrencyOf(MovedLeg? leg, Currency? named)
    {
        if (named is not { } currency)
            return leg?.FromCurrency;
        if (leg?.FromCurrency.Code == currency.Code)
            return leg.Value.FromCurrency;
        return leg?.ToCurrency.Code == currency.Code ? leg.Value.ToCurrency : currency;
    }

    public Decision Decide(MinorAmounts amounts)
    {
        if (original.Legs.IsEmpty)
            return Decision.Reject(
                ErrorCode.NotReversible, $"Operation {original.Number} is a {original.Kind.Name()}, which moved no money");
        var asked = ReadAsked(amounts);
        if ((First(asked, CheckCurrency) ?? CheckRemaining() ?? First(asked, CheckAsked)) is { } rejection)
            return Decision.Reject(rejection);
        var parts = asked.Count > 0 ? asked.ConvertAll(ToPart) : All();
        parts.Sort((left, right) => left.Leg.CompareTo(right.Leg));
        if ((First(parts, part => AccountChecks.CheckOpen(part.Payer) ?? AccountChecks.CheckOpen(part.Receiver))
            ?? First(
                parts, part => AccountChecks.CheckDebitable(part.Payer) ?? AccountChecks.CheckCreditable(part.Receiver))) is { } unusable)
            return Decision.Reject(unusable);
        parts = parts.ConvertAll(part => Weigh(part, part.Sides));
        if (parts.Select(part => part.Problem).Where(problem => problem is not null).MinBy(problem => problem!.Code) is { } worst)
            return Decision.Reject(worst);
        if (CheckFunds(parts) is { } shortage)
        {
            parts = reverse.IsPartial ? WhatIsAvailable(parts) : [];
            if (parts.Count == 0)
                return Decision.Reject(shortage);
        }

        return First(parts, CheckLimit) is { } tooLarge ? Decision.Reject(tooLarge) : Move(parts);
    }

    Decision Move(List<Part> parts)
    {
        var movements = new MovementList();
        foreach (var part in Enumerable.Reverse(parts))
            AddTo(movements, part);
        if (movements.Problem is { } overflow)
            return Decision.Reject(overflow);
        var legs = parts.ConvertAll(part => new ReversedLeg(
            part.Leg, part.Payer.Id, part.Receiver.Id, part.Payer.Currency, part.Receiver.Currency, part.Sides,
            original.Back[part.Leg] + part.Sides,
            original.Legs[part.Leg].Amounts, (long)part.Taken, (long)part.Given, part.Exchange));
        var isWhole = Enumerable.Range(0, original.Legs.Length)
            .All(leg => legs.Find(part => part.Leg == leg)?.Remaining == default(Sides) || original.Remaining(leg) == default);
        var body = new Reversed(
            original.Number, [.. legs], isWhole, reverse.Difference, reverse.IsPartial, reverse.Reason, reverse.Description,
            reverse.Metadata);
        return Decision.Of(new Draft(body) { Entries = movements.ToEntries() });
    }

    void AddTo(MovementList movements, Part part)
    {
        var (taken, given) = ((long)part.Taken, (long)part.Given);
        if (part.Whole.IsPlain)
        {
            movements.Add(part.Payer, -taken);
            movements.Add(part.Receiver, given);
            return;
        }

        if (taken > 0)
        {
            movements.Add(part.Payer, -taken);
            movements.Add(on.State.FindSystemAccount(AccountKind.Exchange, part.Payer.Currency)!, taken);
        }

        if (given > 0)
        {
            movements.Add(on.State.FindSystemAccount(AccountKind.Exchange, part.Receiver.Currency)!, -given);
            movements.Add(part.Receiver, given);
        }
    }

    List<Asked> ReadAsked(MinorAmounts amounts)
    {
        if (reverse.Legs is { } legs)
            return
            [
                .. legs.Select(
                    (leg, index) => new Asked(leg.Leg, amounts.Each[index], CurrencyOf(original.Legs[leg.Leg], leg.Currency)!.Value))
            ];
        return reverse.Amount is null ? [] : [new Asked(0, amounts.One, CurrencyOf(original.Legs[0], reverse.Currency)!.Value)];
    }

    Rejection? CheckCurrency(Asked asked)
    {
        var leg = original.Legs[asked.Leg];
        return asked.Currency == leg.FromCurrency || asked.Currency == leg.ToCurrency
            ? null
            : new Rejection(
                ErrorCode.CurrencyMismatch,
                $"The amount is in {asked.Currency.Code}, but the original moved {leg.FromCurrency.Code} and {leg.ToCurrency.Code}");
    }

    Rejection? CheckRemaining() => original.IsReversed
        ? new Rejection(ErrorCode.AlreadyReversed, $"Operation {original.Number} was reversed: nothing of it remains")
        : null;

    Rejection? CheckAsked(Asked asked)
    {
        var (leg, remaining) = (original.Legs[asked.Leg], original.Remaining(asked.Leg));
        if (asked.Amount <= (asked.Currency == leg.FromCurrency ? remaining.Paid : remaining.Received))
            return null;
        var paid = $"{MoneyText.Format(remaining.Paid, leg.FromCurrency.MinorUnits)} {leg.FromCurrency.Code}";
        var received = leg.IsPlain ? "" : $", or {MoneyText.Format(remaining.Received, leg.ToCurrency.MinorUnits)} {leg.ToCurrency.Code},";
        return new Rejection(
            ErrorCode.ReversalExceeds,
            $"{paid}{received} of leg {asked.Leg} of operation {original.Number} remain: reverse that at the most, or name no amount");
    }

    Part ToPart(Asked asked)
    {
        var (leg, back) = (original.Legs[asked.Leg], original.Back[asked.Leg]);
        return Of(
            asked.Leg, asked.Currency == leg.FromCurrency ? leg.PartOfPaid(back, asked.Amount) : leg.PartOfReceived(back, asked.Amount));
    }

    List<Part> All() =>
        [
            .. Enumerable.Range(0, original.Legs.Length).Where(leg => original.Remaining(leg) != default)
                .Select(leg => Of(leg, original.Remaining(leg)))];

    Part Of(int leg, Sides sides)
    {
        var whole = original.Legs[leg];
        return new Part(leg, whole, on.State.FindAccount(whole.To)!, on.State.FindAccount(whole.From)!, sides);
    }

    /// <summary>What really moves: both sides at the original's rate, or one of them as today's worth of the other.</summary>
    Part Weigh(Part part, Sides sides)
    {
        part = part with { Sides = sides, Taken = sides.Received, Given = sides.Paid };
        if (part.Whole.IsPlain || reverse.Difference == Difference.House)
            return part;
        var converting = new Converting(on.State, on.Today, part.Payer.Currency, part.Receiver.Currency);
        if (converting.Problem is { } problem)
            return part with { Problem = problem };
        part = reverse.Difference == Difference.Sender
            ? part with { Given = converting.Derive(sides.Received, namedIsFrom: true), Exchange = converting.Exchange }
            : part with { Taken = converting.Derive(sides.Paid, namedIsFrom: false), Exchange = converting.Exchange };
        return part.Taken > 0 && part.Given > 0
            ? part
            : part with
            {
                Problem = new Rejection(
                    ErrorCode.AmountTooSmall,
                    $"Today's worth of leg {part.Leg} is less than the smallest unit: name a larger amount, or another difference")
            };
    }

    /// <summary>Whether everybody can pay, judged on the whole.</summary>
    static Rejection? CheckFunds(List<Part> parts)
    {
        var net = new Dictionary<long, (Account Account, Int128 Change)>();
        foreach (var part in parts)
        {
            net[part.Payer.Id] = (part.Payer, net.GetValueOrDefault(part.Payer.Id).Change - part.Taken);
            net[part.Receiver.Id] = (part.Receiver, net.GetValueOrDefault(part.Receiver.Id).Change + part.Given);
        }

        return First([.. net.Values], change => AccountChecks.CheckFunds(change.Account, change.Change));
    }

    /// <summary>
    /// As much of each leg as its receiver has, from the last leg on, as money that was passed on comes back the same way.
    /// </summary>
    List<Part> WhatIsAvailable(List<Part> parts)
    {
        var net = new Dictionary<long, Int128>();
        var found = new List<Part>();
        foreach (var part in Enumerable.Reverse(parts))
        {
            var available = part.Payer.Available + net.GetValueOrDefault(part.Payer.Id);
            if ((available is { } some && some < part.Taken ? Reduce(part, some) : part) is not { Problem: null } reduced)
                continue;
            found.Add(reduced);
            net[part.Payer.Id] = net.GetValueOrDefault(part.Payer.Id) - reduced.Taken;
            net[part.Receiver.Id] = net.GetValueOrDefault(part.Receiver.Id) + reduced.Given;
        }

        found.Reverse();
        return found;
    }

    Part? Reduce(Part part, Int128 available)
    {
        if (available <= 0)
            return null;
        var (back, most) = (original.Back[part.Leg], (long)Int128.Min(available, AmountLimits.MaxMinor));
        if (part.Whole.IsPlain || reverse.Difference != Difference.Receiver)
            return Weigh(part, part.Whole.PartOfReceived(back, most));
        // Today's worth of what is there, rounded down, costs no more than that.
        var worth = new Converting(on.State, on.Today, part.Payer.Currency, part.Receiver.Currency).Derive(most, namedIsFrom: true);
        return worth == 0 ? null : Weigh(part, part.Whole.PartOfPaid(back, (long)Int128.Min(worth, part.Sides.Paid)));
    }

    static Rejection? CheckLimit(Part part) => part.Taken > AmountLimits.MaxMinor || part.Given > AmountLimits.MaxMinor
        ? new Rejection(ErrorCode.Overflow, $"Today's worth of leg {part.Leg} is more than 10^15 minor units: reverse less at once")
        : null;

    /// <summary>What was asked of a leg.</summary>
    readonly record struct Asked(int Leg, long Amount, Currency Currency);

    /// <summary>What is taken of a leg: by its receiver, who pays, to its payer, who gets it back.</summary>
    sealed record Part(int Leg, MovedLeg Whole, Account Payer, Account Receiver, Sides Sides)
    {
        public Int128 Taken { get; init; }

        public Int128 Given { get; init; }

        public Exchange? Exchange { get; init; }

        public Rejection? Problem { get; init; }
    }
}
