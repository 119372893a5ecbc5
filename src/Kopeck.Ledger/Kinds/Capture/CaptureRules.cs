using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;
using static Kopeck.Ledger.Rules.ManyChecks;

namespace Kopeck.Ledger.Kinds;

/// <summary>
/// Captures: what is inside the hold was reserved for them and cannot be lacking; what is above the authorised amount is judged like a
/// transfer.
/// </summary>
sealed class CaptureRules(Ruling on, CaptureHold capture, Hold hold)
{
    readonly Account account = on.State.FindAccount(hold.Account)!;

    /// <summary>The currency of an amount, with the minor unit of the account that holds it; null where the hold is not known.</summary>
    public static Currency? CurrencyOf(BookState state, Hold? hold, long? to, Currency? named)
    {
        if ((named ?? hold?.Asked) is not { } currency)
            return null;
        if (currency.Code == hold?.Currency.Code)
            return hold.Currency;
        return to is { } id
            && state.FindAccount(id) is { } receiver
            && receiver.Currency.Code == currency.Code ? receiver.Currency : currency;
    }

    public Decision Decide(MinorAmounts amounts)
    {
        var parts = ReadParts(amounts);
        if ((First(parts, CheckReceiver) ?? First(parts, CheckCurrency) ?? HoldChecks.CheckOpen(hold)) is { } rejection)
            return Decision.Reject(rejection);
        var legs = parts.ConvertAll(Convert);
        var taken = legs.Aggregate((Int128)0, (sum, leg) => sum + leg.Taken);
        var over = Int128.Max(0, taken - hold.State.Remaining);
        // Where a quote is missing nobody can say how much it would take.
        var isKnown = legs.TrueForAll(leg => leg.Problem is null or { Code: ErrorCode.AmountTooSmall });
        if ((CheckOver(isKnown ? over : 0)
            ?? First(parts, CheckFixed)
            ?? CheckCount()
            ?? First(parts, part => part.Receiver is { } receiver ? AccountChecks.CheckOpen(receiver) : null)
            ?? AccountChecks.CheckDebitable(account)
            ?? First(parts, part => part.Receiver is { } receiver ? AccountChecks.CheckCreditable(receiver) : null)
            ?? WorstOf(legs)
            ?? AccountChecks.CheckFunds(account, -over)
            ?? First(legs, CheckLimit)) is { } refusal)
            return Decision.Reject(refusal);
        return Move(parts, legs, (long)taken);
    }

    Decision Move(List<Part> parts, List<Leg> legs, long taken)
    {
        var group = new GroupDraft(on.State);
        var movements = new MovementList();
        var captured = ImmutableArray.CreateBuilder<CapturedLeg>(legs.Count);
        for (var index = 0; index < legs.Count; index++)
        {
            var (debit, credit) = ((long)legs[index].Taken, (long)legs[index].Given);
            var receiver = parts[index].Receiver ?? group.SystemAccount(AccountKind.Cash, account.Currency);
            movements.Add(account, -debit);
            if (receiver.Currency != account.Currency)
            {
                movements.Add(group.SystemAccount(AccountKind.Exchange, account.Currency), debit);
                movements.Add(group.SystemAccount(AccountKind.Exchange, receiver.Currency), -credit);
            }

            movements.Add(receiver, credit);
            captured.Add(new CapturedLeg(receiver.Id, debit, credit, receiver.Currency, legs[index].Exchange));
        }

        if (movements.Problem is { } overflow)
            return Decision.Reject(overflow);
        var change = HoldChecks.Change(hold, account, hold.State.Capture(taken, capture.IsFinal));
        return group.Finish(
            new Draft(
                new Captured(change, captured.MoveToImmutable(), capture.Description, capture.Metadata))
            {
                Entries =
                    movements.ToEntries()
            });
    }

    List<Part> ReadParts(MinorAmounts amounts)
    {
        if (capture.Legs is { } legs)
            return [.. legs.Select((leg, index) => Read(leg.To, amounts.Each[index], leg.Currency))];
        var to = capture.ToCash ? null : capture.To ?? hold.To;
        return capture.Amount is null
            ? [new Part(to, Find(to), hold.State.Remaining, account.Currency)]
            : [Read(to, amounts.One, capture.Currency)];
    }

    Part Read(long? to, long amount, Currency? named) => new(to, Find(to), amount, CurrencyOf(on.State, hold, to, named)!.Value);

    Account? Find(long? id) => id is { } to ? on.State.FindAccount(to) : null;

    Rejection? CheckReceiver(Part part) => part.To is not { } to
        ? null
        : AccountChecks.CheckUsable(part.Receiver, to, walletsOnly: false) ?? AccountChecks.CheckDifferent(account.Id, to);

    Rejection? CheckCurrency(Part part)
    {
        if (part.Currency != account.Currency && part.Currency != part.Receiver?.Currency)
        {
            var receiver = part.Receiver is { } other ? $", its receiver {other.Currency.Code}" : "";
            return new Rejection(
                ErrorCode.CurrencyMismatch,
                $"The amount is in {part.Currency.Code}, but account {account.Id} holds {account.Currency.Code}{receiver}");
        }

        return part.Receiver is null ? null : AccountChecks.CheckSameMinorUnit(account, part.Receiver);
    }

    Rejection? CheckOver(Int128 over)
    {
        if (over <= hold.State.MostOver)
            return null;
        var (remaining, most) = (Text(hold.State.Remaining), Text((Int128)hold.State.Remaining + hold.State.MostOver));
        return new Rejection(
            ErrorCode.CaptureExceedsHold,
            $"{remaining} {hold.Currency.Code} of hold {hold.Id} remain, and a capture may take {most} at the most: name less, or increase the hold");
    }

    Rejection? CheckFixed(Part part)
    {
        if (!hold.IsReceiverFixed || (hold.ToCash ? part.To is null : part.To == hold.To))
            return null;
        return new Rejection(
            ErrorCode.HoldReceiverMismatch,
            $"Hold {hold.Id} was placed for {(hold.ToCash ? "cash" : $"account {hold.To}")}: leave the receiver out, or place another hold");
    }

    Rejection? CheckCount() => hold.Captures.Length >= Hold.MaxCaptures
        ? new Rejection(
            ErrorCode.TooManyCaptures, $"Hold {hold.Id} was captured {Hold.MaxCaptures} times: release it, and place another one")
        : null;

    static Rejection? CheckLimit(Leg leg) => leg.Taken > AmountLimits.MaxMinor || leg.Given > AmountLimits.MaxMinor
        ? new Rejection(ErrorCode.Overflow, "One side of the conversion is more than 10^15 minor units: name a smaller amount")
        : null;

    Leg Convert(Part part)
    {
        var currency = part.Receiver?.Currency ?? account.Currency;
        if (currency == account.Currency)
            return new Leg(part.Amount, part.Amount, null, null);
        var converting = new Converting(on.State, on.Today, account.Currency, currency);
        if (converting.Problem is { } problem)
            return new Leg(0, 0, null, problem);
        var namedIsFrom = part.Currency == account.Currency;
        var derived = converting.Derive(part.Amount, namedIsFrom);
        var tooSmall = derived == 0
            ? new Rejection(
                ErrorCode.AmountTooSmall,
                $"The amount is worth less than the smallest unit of {(namedIsFrom ? currency : account.Currency).Code}: name a larger one")
            : null;
        return namedIsFrom
            ? new Leg(part.Amount, derived, converting.Exchange, tooSmall)
            : new Leg(derived, part.Amount, converting.Exchange, tooSmall);
    }

    static Rejection? WorstOf(List<Leg> legs) =>
        legs.Select(leg => leg.Problem).Where(problem => problem is not null).MinBy(problem => problem!.Code);

    string Text(Int128 minor) => MoneyText.Format(minor, hold.Currency.MinorUnits);

    /// <summary>What one receiver is to get. A receiver of null is the outside world, or does not exist.</summary>
    readonly record struct Part(long? To, Account? Receiver, long Amount, Currency Currency);

    /// <summary>What a part takes and gives.</summary>
    readonly record struct Leg(Int128 Taken, Int128 Given, Exchange? Exchange, Rejection? Problem);
}
