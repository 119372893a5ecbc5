using System.Numerics;

namespace Kopeck.Laws.Tests.Model;

/// <content>Amounts that are reserved until they are captured, released or expire.</content>
public sealed partial class ModelLedger
{
    const long LongestLife = 366 * Day;
    const int MostCaptures = 1_000;

    readonly HashSet<ModelHold> openHolds = [];
    List<Action>? undoing;

    public SortedDictionary<long, ModelHold> Holds { get; } = [];

    public IReadOnlyCollection<ModelHold> OpenHolds => openHolds;

    public static bool NeedsKey(string kind) =>
        kind is "deposit" or "withdrawal" or "transfer" or "posting" or "hold" or "increase" or "extend" or "release" or "capture"
            or "reverse";

    bool HasBadHoldFields(ModelCommand command)
    {
        if (command.Seconds is { } seconds && seconds is < 1 or > LongestLife / Micro)
            return true;
        var hold = Holds.GetValueOrDefault(command.Hold);
        var own = hold is null ? null : Accounts[hold.Account].Currency;
        if (command.Kind == "hold")
        {
            var named = command.Currency ?? Accounts.GetValueOrDefault(command.From)?.Currency;
            return IsBadAmount(command.Amount, named)
                || (
                    command.MaxAmount is { } max
                        && (
                            IsBadAmount(max, named)
                                || (named is not null && Decimals.ToMinor(max, named) < Decimals.ToMinor(command.Amount, named))));
        }

        if (command.Kind != "capture")
            return (command.Amount.Length > 0 && IsBadAmount(command.Amount, own))
                || (command.MaxAmount is { } most && IsBadAmount(most, own));
        if (command.Legs.Count == 0)
            return (command.Amount.Length > 0 && IsBadAmount(command.Amount, command.Currency ?? hold?.Asked))
                || (hold is not null && command.To == 0 && !command.ToCash && hold.To is null && !hold.ToCash);
        return command.Legs.Any(leg => IsBadAmount(leg.Amount, leg.Currency ?? hold?.Asked));
    }

    /// <summary>When a hold ends that is placed or extended now; false when that is too soon or too far.</summary>
    static bool Ends(ModelCommand command, long at, out long? end)
    {
        end = command.IsForever ? null : command.ExpiresAt ?? at + (command.Seconds ?? 604_800) * Micro;
        return end is not { } moment || (moment >= at + Micro && moment <= at + LongestLife);
    }

    ModelOutcome PlaceHold(ModelCommand command, long at)
    {
        if (!Ends(command, at, out var end))
            return new("invalid_fields");
        if (Usable(command.From, walletsOnly: false) is { } fromError)
            return new(fromError);
        var isFixed = command.To != 0 && !command.ToCash;
        if (isFixed && Usable(command.To, walletsOnly: false) is { } toError)
            return new(toError);
        if (command.From == command.To && isFixed)
            return new("same_account");
        var from = Accounts[command.From];
        var to = isFixed ? Accounts[command.To] : null;
        var named = command.Currency ?? from.Currency;
        if (named != from.Currency && named != to?.Currency)
            return new("currency_mismatch");
        if (from.Status == "closed" || to?.Status == "closed")
            return new("account_closed");
        if (from.Status is "frozen" or "debits_frozen" || to?.Status == "frozen")
            return new("account_frozen");
        var amount = Decimals.ToMinor(command.Amount, named)!.Value;
        var max = command.MaxAmount is { } most ? Decimals.ToMinor(most, named) : null;
        if (named != from.Currency)
        {
            if (Other(amount, false, from.Currency, named, at, out var reserved) is { } problem)
                return new(problem);
            amount = reserved;
            if (max is { } asked)
            {
                Other(asked, false, from.Currency, named, at, out var limit);
                max = limit;
            }
        }

        if (from.Lacks(amount))
            return new("insufficient_funds");
        if (amount > Decimals.Limit || max > Decimals.Limit || !Fits(from.Held + amount))
            return new("overflow");
        var hold = new ModelHold
        {
            Id = Head + 1,
            Account = from.Id,
            To = to?.Id,
            ToCash = command.ToCash,
            Asked = named,
            Authorised = amount,
            Max = max,
            ExpiresAt = end
        };
        Holds.Add(hold.Id, hold);
        openHolds.Add(hold);
        undoing?.Add(() => { Holds.Remove(hold.Id); openHolds.Remove(hold); });
        return Hold("hold", hold, from, amount, "open");
    }

    ModelOutcome IncreaseHold(ModelCommand command)
    {
        if (!Holds.TryGetValue(command.Hold, out var hold))
            return new("not_found");
        var account = Accounts[hold.Account];
        var named = Decimals.ToMinor(command.Amount, account.Currency)!.Value;
        var by = command.IsTotal ? named - hold.Authorised : named;
        var max = command.MaxAmount is { } most ? Decimals.ToMinor(most, account.Currency) : null;
        if (by <= 0 || max < hold.Authorised + by)
            return new("invalid_fields");
        if (Closed(hold) is { } closed)
            return new(closed);
        if (account.Status is "frozen" or "debits_frozen")
            return new("account_frozen");
        if (account.Lacks(by))
            return new("insufficient_funds");
        if (hold.Authorised + by > Decimals.Limit || !Fits(account.Held + by))
            return new("overflow");
        Keep(hold);
        hold.Authorised += by;
        hold.Max = max ?? (hold.Max is { } before ? BigInteger.Max(before, hold.Authorised) : null);
        return Hold("hold_increased", hold, account, by, "open");
    }

    ModelOutcome ExtendHold(ModelCommand command, long at)
    {
        if (!Holds.TryGetValue(command.Hold, out var hold))
            return new("not_found");
        if (!Ends(command, at, out var end) || hold.ExpiresAt is null || end <= hold.ExpiresAt)
            return new("invalid_fields");
        if (Closed(hold) is { } closed)
            return new(closed);
        Keep(hold);
        hold.ExpiresAt = end;
        return Hold("hold_extended", hold, Accounts[hold.Account], 0, "open");
    }

    ModelOutcome ReleaseHold(ModelCommand command)
    {
        if (!Holds.TryGetValue(command.Hold, out var hold))
            return new("not_found");
        if (Closed(hold) is { } closed)
            return new(closed);
        var account = Accounts[hold.Account];
        var amount = command.Amount.Length == 0 ? hold.Remaining : Decimals.ToMinor(command.Amount, account.Currency)!.Value;
        if (amount > hold.Remaining)
            return new("release_exceeds_hold");
        Keep(hold);
        hold.Released += amount;
        return Hold("hold_released", hold, account, -amount, amount == hold.Remaining ? "released" : "open");
    }

    static string? Closed(ModelHold hold) => hold.Status == "open" ? null : hold.Status == "expired" ? "hold_expired" : "hold_closed";

    ModelOutcome Capture(ModelCommand command, long at)
    {
        if (!Holds.TryGetValue(command.Hold, out var hold))
            return new("not_found");
        var account = Accounts[hold.Account];
        var parts = CaptureParts(command, hold, account);
        foreach (var part in parts.Where(part => part.To is not null))
        {
            if (Usable(part.To!.Value, walletsOnly: false) is { } error)
                return new(error);
            if (part.To == account.Id)
                return new("same_account");
        }

        var receivers = parts.Select(part => part.To is { } to ? Accounts[to] : null).ToList();
        for (var index = 0; index < parts.Count; index++)
        {
            if (parts[index].Currency != account.Currency && parts[index].Currency != receivers[index]?.Currency)
                return new("currency_mismatch");
        }

        if (Closed(hold) is { } closed)
            return new(closed);
        var moves = new List<(BigInteger Debit, BigInteger Credit)>();
        var problems = new HashSet<string>();
        for (var index = 0; index < parts.Count; index++)
        {
            var (_, text, currency) = parts[index];
            var named = text is null ? hold.Remaining : Decimals.ToMinor(text, currency)!.Value;
            var other = receivers[index]?.Currency ?? account.Currency;
            var derived = named;
            if (other != account.Currency
                && Other(named, currency == account.Currency, account.Currency, other, at, out derived) is { } problem)
                problems.Add(problem);
            moves.Add(currency == account.Currency ? (named, derived) : (derived, named));
        }

        // Where a quote is missing nobody can say how much it would take.
        var taken = moves.Aggregate(BigInteger.Zero, (sum, move) => sum + move.Debit);
        var over = BigInteger.Max(0, taken - hold.Remaining);
        if (problems.IsSubsetOf(["amount_too_small"]) && over > (hold.Max ?? hold.Authorised) - hold.Authorised)
            return new("capture_exceeds_hold");
        if (hold.ToCash ? parts.Any(part => part.To is not null) : hold.To is { } only && parts.Any(part => part.To != only))
            return new("hold_receiver_mismatch");
        if (hold.Captures >= MostCaptures)
            return new("too_many_captures");
        if (receivers.Any(receiver => receiver?.Status == "closed"))
            return new("account_closed");
        if (account.Status is "frozen" or "debits_frozen" || receivers.Any(receiver => receiver?.Status == "frozen"))
            return new("account_frozen");
        foreach (var problem in new[] { "quote_missing", "quote_stale", "amount_too_small" })
        {
            if (problems.Contains(problem))
                return new(problem);
        }

        if (over > 0 && account.Lacks(over))
            return new("insufficient_funds");
        if (moves.Any(move => move.Debit > Decimals.Limit || move.Credit > Decimals.Limit))
            return new("overflow");
        return MoveCaptured(command, hold, account, receivers, moves, taken);
    }

    ModelOutcome MoveCaptured(
        ModelCommand command, ModelHold hold, ModelAccount account, List<ModelAccount?> receivers,
        List<(BigInteger Debit, BigInteger Credit)> moves, BigInteger taken)
    {
        var steps = new List<(ModelAccount Account, BigInteger Amount)>();
        var legs = new List<ModelMove>();
        for (var index = 0; index < moves.Count; index++)
        {
            var (debit, credit) = moves[index];
            var receiver = receivers[index] ?? FindSystem("cash", account.Currency) ?? OpenSystem("cash", account.Currency);
            legs.Add(new(account.Id, receiver.Id, debit, credit));
            steps.Add((account, -debit));
            if (receiver.Currency != account.Currency)
            {
                steps.Add((FindSystem("exchange", account.Currency) ?? OpenSystem("exchange", account.Currency), debit));
                steps.Add((FindSystem("exchange", receiver.Currency) ?? OpenSystem("exchange", receiver.Currency), -credit));
            }

            steps.Add((receiver, credit));
        }

        if (!AllFit(steps))
            return new("overflow");
        Keep(hold);
        var isLast = command.IsFinal || taken >= hold.Remaining;
        var change = isLast ? hold.Remaining : taken;
        hold.Captured += taken;
        hold.Released += BigInteger.Max(0, change - taken);
        hold.Captures++;
        var outcome = Write("capture", steps, legs);
        var held = Settle(hold, account, -change, isLast ? "captured" : "open");
        return outcome with { Hold = held };
    }

    static bool AllFit(IEnumerable<(ModelAccount Account, BigInteger Amount)> steps)
    {
        var running = new Dictionary<ModelAccount, BigInteger>();
        foreach (var (account, amount) in steps)
        {
            if (!Fits(running[account] = running.GetValueOrDefault(account, account.Posted) + amount))
                return false;
        }

        return true;
    }

    static List<(long? To, string? Amount, string Currency)> CaptureParts(ModelCommand command, ModelHold hold, ModelAccount account)
    {
        if (command.Legs.Count > 0)
            return [.. command.Legs.Select(leg => ((long?)leg.To, (string?)leg.Amount, leg.Currency ?? hold.Asked))];
        var to = command.ToCash ? null : command.To != 0 ? command.To : hold.To;
        return command.Amount.Length == 0 ? [(to, null, account.Currency)] : [(to, command.Amount, command.Currency ?? hold.Asked)];
    }

    ModelOutcome Hold(string kind, ModelHold hold, ModelAccount account, BigInteger change, string status)
    {
        Operations.Add((kind, [account.Id]));
        return new(null) { Hold = Settle(hold, account, change, status) };
    }

    string Settle(ModelHold hold, ModelAccount account, BigInteger change, string status)
    {
        hold.Remaining += change;
        hold.Status = status;
        if (status != "open")
            openHolds.Remove(hold);
        hold.History.Add((Head, hold.ToString()));
        account.Held += change;
        Remember(account);
        return $"{hold}, {change} {account.Held}";
    }

    void Keep(ModelHold hold)
    {
        var (status, authorised, max, captured, released, remaining, end, captures, count) =
            (
                hold.Status, hold.Authorised, hold.Max, hold.Captured, hold.Released, hold.Remaining, hold.ExpiresAt, hold.Captures,
                hold.History.Count);
        undoing?.Add(() =>
        {
            (hold.Status, hold.Authorised, hold.Max, hold.Captured, hold.Released, hold.Remaining, hold.ExpiresAt, hold.Captures) =
                (status, authorised, max, captured, released, remaining, end, captures);
            hold.History.RemoveRange(count, hold.History.Count - count);
            openHolds.Add(hold);
        });
    }
}
