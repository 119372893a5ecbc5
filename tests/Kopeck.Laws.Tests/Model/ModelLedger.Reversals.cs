using System.Numerics;

namespace Kopeck.Laws.Tests.Model;

/// <content>Taking back what moved, in parts, never more than moved.</content>
public sealed partial class ModelLedger
{
    /// <summary>For each operation that moved money: its legs.</summary>
    public Dictionary<long, IReadOnlyList<ModelMove>> Moves { get; } = [];

    bool HasBadReversalFields(ModelCommand command)
    {
        var moves = Moves.GetValueOrDefault(command.Original);
        string? Payer(int leg) => moves is null ? null : Accounts[moves[leg].From].Currency;
        if (command.Amount.Length > 0)
            return IsBadAmount(command.Amount, command.Currency ?? (moves?.Count == 1 ? Payer(0) : null)) || moves?.Count > 1;
        return command.Legs.Select(leg => leg.From).Distinct().Count() < command.Legs.Count
            || command.Legs.Any(
                leg =>
                    leg.From < 0
                        || leg.From >= (moves?.Count ?? long.MaxValue)
                        || IsBadAmount(leg.Amount, leg.Currency ?? Payer((int)leg.From)));
    }

    ModelOutcome Reverse(ModelCommand command, long at)
    {
        if (command.Original < 1 || command.Original > Head)
            return new("not_found");
        if (!Moves.TryGetValue(command.Original, out var moves))
            return new("not_reversible");
        var asked =
            command.Amount.Length > 0
                ? [(0, command.Amount, command.Currency)]
                : command.Legs.Select(leg => ((int)leg.From, leg.Amount, leg.Currency)).ToList();
        var parts = new SortedDictionary<int, (BigInteger Lost, BigInteger Got)>();
        var exceeds = false;
        foreach (var (place, text, currency) in asked)
        {
            var move = moves[place];
            var (mine, yours) = (Accounts[move.From].Currency, Accounts[move.To].Currency);
            var named = currency ?? mine;
            if (named != mine && named != yours)
                return new("currency_mismatch");
            var amount = Decimals.ToMinor(text, named)!.Value;
            exceeds |= named == mine ? amount > move.Lost - move.LostBack : amount > move.Got - move.GotBack;
            if (!exceeds)
                parts[place] = named == mine ? OfLost(move, amount) : OfGot(move, amount);
        }

        if (moves.All(move => move.IsUndone))
            return new("already_reversed");
        if (exceeds)
            return new("reversal_exceeds");
        if (asked.Count == 0)
        {
            for (var place = 0; place < moves.Count; place++)
            {
                if (!moves[place].IsUndone)
                    parts[place] = (moves[place].Lost - moves[place].LostBack, moves[place].Got - moves[place].GotBack);
            }
        }

        var accounts = parts.Keys.Select(place => (Payer: Accounts[moves[place].To], Receiver: Accounts[moves[place].From])).ToList();
        if (accounts.Any(pair => pair.Payer.Status == "closed" || pair.Receiver.Status == "closed"))
            return new("account_closed");
        if (accounts.Any(pair => pair.Payer.Status is "frozen" or "debits_frozen" || pair.Receiver.Status == "frozen"))
            return new("account_frozen");
        return TakeBack(command, moves, parts, at);
    }

    ModelOutcome TakeBack(
        ModelCommand command, IReadOnlyList<ModelMove> moves, SortedDictionary<int, (BigInteger Lost, BigInteger Got)> parts, long at)
    {
        var taken = new SortedDictionary<int, (BigInteger Lost, BigInteger Got, BigInteger Take, BigInteger Give)>();
        var problems = new HashSet<string>();
        foreach (var (place, (lost, got)) in parts)
        {
            if (WithDifference(command, moves[place], lost, got, at, out var take, out var give) is { } problem)
                problems.Add(problem);
            taken[place] = (lost, got, take, give);
        }

        foreach (var problem in new[] { "quote_missing", "quote_stale", "amount_too_small" })
        {
            if (problems.Contains(problem))
                return new(problem);
        }

        if (!IsCovered(moves, taken))
        {
            if (!command.IsPartial)
                return new("insufficient_funds");
            taken = WhatIsThere(command, moves, taken, at);
            if (taken.Count == 0)
                return new("insufficient_funds");
        }

        if (taken.Values.Any(part => part.Take > Decimals.Limit || part.Give > Decimals.Limit))
            return new("overflow");
        var steps = taken.Reverse().SelectMany(part => Steps(moves[part.Key], part.Value.Take, part.Value.Give)).ToList();
        if (!AllFit(steps))
            return new("overflow");
        foreach (var (place, (lost, got, _, _)) in taken)
        {
            var move = moves[place];
            undoing?.Add(() => (move.LostBack, move.GotBack) = (move.LostBack - lost, move.GotBack - got));
            (move.LostBack, move.GotBack) = (move.LostBack + lost, move.GotBack + got);
        }

        var outcome = Write(
            "reversal", steps,
            [.. taken.Select(part => new ModelMove(moves[part.Key].To, moves[part.Key].From, part.Value.Take, part.Value.Give))]);
        return outcome with
        {
            Reverses = string.Join(
                ", ",
                taken.Select(
                    part => $"{part.Key}: {part.Value.Lost} {part.Value.Got} {moves[part.Key].LostBack} {moves[part.Key].GotBack}"))
        };
    }

    /// <summary>What really moves: at the original's rate, or with today's worth of what the other side gives.</summary>
    string? WithDifference(
        ModelCommand command, ModelMove move, BigInteger lost, BigInteger got, long at, out BigInteger take, out BigInteger give)
    {
        (take, give) = (got, lost);
        var (mine, yours) = (Accounts[move.From].Currency, Accounts[move.To].Currency);
        if (mine == yours || command.Difference == "house")
            return null;
        return command.Difference == "sender" ? Other(got, true, yours, mine, at, out give) : Other(lost, false, yours, mine, at, out take);
    }

    static (BigInteger Lost, BigInteger Got) OfLost(ModelMove move, BigInteger more)
    {
        var lost = move.LostBack + more;
        var got = lost == move.Lost ? move.Got : BigInteger.Max(move.GotBack, (move.Got * lost + move.Lost - 1) / move.Lost);
        return (more, got - move.GotBack);
    }

    static (BigInteger Lost, BigInteger Got) OfGot(ModelMove move, BigInteger more)
    {
        var got = move.GotBack + more;
        var lost = got == move.Got ? move.Lost : BigInteger.Max(move.LostBack, move.Lost * got / move.Got);
        return (lost - move.LostBack, more);
    }

    bool IsCovered(
        IReadOnlyList<ModelMove> moves, SortedDictionary<int, (BigInteger Lost, BigInteger Got, BigInteger Take, BigInteger Give)> taken)
    {
        var net = new Dictionary<long, BigInteger>();
        foreach (var (place, part) in taken)
        {
            net[moves[place].To] = net.GetValueOrDefault(moves[place].To) - part.Take;
            net[moves[place].From] = net.GetValueOrDefault(moves[place].From) + part.Give;
        }

        return net.All(change => change.Value >= 0 || !Accounts[change.Key].Lacks(-change.Value));
    }

    /// <summary>Leg by leg from the last one: as much as its receiver has.</summary>
    SortedDictionary<int, (BigInteger Lost, BigInteger Got, BigInteger Take, BigInteger Give)> WhatIsThere(
        ModelCommand command, IReadOnlyList<ModelMove> moves,
        SortedDictionary<int, (BigInteger Lost, BigInteger Got, BigInteger Take, BigInteger Give)> wanted, long at)
    {
        var net = new Dictionary<long, BigInteger>();
        var found = new SortedDictionary<int, (BigInteger Lost, BigInteger Got, BigInteger Take, BigInteger Give)>();
        foreach (var (place, want) in wanted.Reverse())
        {
            var move = moves[place];
            var part = want;
            if (Accounts[move.To].Available + net.GetValueOrDefault(move.To) is { } available && available < want.Take)
            {
                if (available <= 0)
                    continue;
                var isTodays = command.Difference == "receiver" && Accounts[move.From].Currency != Accounts[move.To].Currency;
                var back = available;
                if (isTodays && Other(available, true, Accounts[move.To].Currency, Accounts[move.From].Currency, at, out back) is not null)
                    continue;
                var (lost, got) = isTodays ? OfLost(move, back) : OfGot(move, back);
                if (WithDifference(command, move, lost, got, at, out var take, out var give) is not null)
                    continue;
                part = (lost, got, take, give);
            }

            found[place] = part;
            net[move.To] = net.GetValueOrDefault(move.To) - part.Take;
            net[move.From] = net.GetValueOrDefault(move.From) + part.Give;
        }

        return found;
    }

    IEnumerable<(ModelAccount Account, BigInteger Amount)> Steps(ModelMove move, BigInteger take, BigInteger give)
    {
        var (payer, receiver) = (Accounts[move.To], Accounts[move.From]);
        if (payer.Currency == receiver.Currency)
        {
            yield return (payer, -take);
            yield return (receiver, give);
            yield break;
        }

        if (take > 0)
        {
            yield return (payer, -take);
            yield return (FindSystem("exchange", payer.Currency)!, take);
        }

        if (give > 0)
        {
            yield return (FindSystem("exchange", receiver.Currency)!, -give);
            yield return (receiver, give);
        }
    }
}
