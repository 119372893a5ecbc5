using Kopeck.Laws.Tests.Model;

namespace Kopeck.Laws.Tests.Driving;

/// <content>Holds and reversals.</content>
sealed partial class CommandGenerator
{
    readonly List<long> reversed = [];

    ModelCommand InventHold() => random.Next(100) switch
    {
        < 32 => Place(),
        < 39 => new("increase") { Hold = Hold(), Amount = Amount(), IsTotal = random.Next(3) == 0, MaxAmount = Maybe(Amount, 15) },
        < 45 => Lasting(new("extend") { Hold = Hold() }),
        < 53 => new("release") { Hold = Hold(), Amount = Maybe(Amount, 60) ?? "" },
        < 78 => CaptureHold(),
        _ => Reverse(),
    };

    ModelCommand Place()
    {
        var from = Account();
        var to = random.Next(3) == 0 ? random.Next(40) == 0 ? from : Account() : 0;
        var amount = Amount();
        var currency = random.Next(10) switch
        {
            < 6 => null,
            < 9 => model.Accounts.GetValueOrDefault(to)?.Currency,
            _ => Currency(),
        };
        var max = random.Next(4) switch
        {
            0 => Amount(),
            1 when amount.Length < 6 => "1" + amount,
            _ => null,
        };
        return Lasting(
            new("hold")
            {
                From = from,
                To = to,
                ToCash = to == 0 && random.Next(12) == 0,
                Amount = amount,
                Currency = currency,
                MaxAmount = max
            });
    }

    ModelCommand Lasting(ModelCommand command) => random.Next(12) switch
    {
        < 3 => command,
        3 => command with { IsForever = true },
        4 => command with { Seconds = random.Next(3) switch { 0 => 0, 1 => 366 * 86_400, _ => 366 * 86_400 + 1 } },
        < 7 => command with { ExpiresAt = model.LastAt + (random.Next(-20, 4_000) * 1_000_000L) },
        < 10 => command with { Seconds = random.Next(1, 3_000) },
        _ => command with { Seconds = random.Next(1, 400_000) },
    };

    ModelCommand CaptureHold()
    {
        if (busyHold != 0 && random.Next(50) == 0)
            return new("capture") { Hold = busyHold, Amount = "1", To = random.Next(2) == 0 ? whale : 0 };
        var command = new ModelCommand("capture") { Hold = Hold(), IsFinal = random.Next(4) == 0 };
        var hold = model.Holds.GetValueOrDefault(command.Hold);
        if (random.Next(5) == 0)
            return command with
            {
                Legs =
                [
                    .. Enumerable.Range(0, random.Next(1, 4))
                        .Select(_ => new ModelLeg(0, Receiver(hold), Amount()) { Currency = Maybe(Currency, 15) })
                ]
            };
        command = command with { Amount = Maybe(Amount, 65) ?? "" };
        if (hold is { To: null, ToCash: false } || random.Next(8) == 0)
            command = random.Next(8) == 0 ? command with { ToCash = true } : command with { To = Receiver(hold) };
        return command.Amount.Length > 0 && random.Next(8) == 0 ? command with { Currency = Currency() } : command;
    }

    long Receiver(ModelHold? hold)
    {
        if (hold?.To is { } only && random.Next(2) == 0)
            return only;
        if (hold is null || random.Next(2) == 0)
            return Account();
        var currency = model.Accounts[hold.Account].Currency;
        var same = model.Accounts.Values.Take(80)
            .Where(account => account.Currency == currency && !account.IsSystem && account.Id != hold.Account).ToList();
        return same.Count > 0 ? same[random.Next(same.Count)].Id : Account();
    }

    ModelCommand Reverse()
    {
        var original =
            random.Next(3) == 0
                && reversed.Count > 0 ? reversed[random.Next(reversed.Count)] : Math.Max(1, model.Head - random.Next(3_000));
        if (random.Next(60) == 0)
            original = model.Head + 1 + random.Next(40);
        var moves = model.Moves.GetValueOrDefault(original);
        if (moves is not null && reversed.Count < 60)
            reversed.Add(original);
        else if (moves is not null && random.Next(3) == 0)
            reversed[random.Next(reversed.Count)] = original;
        var command = new ModelCommand("reverse")
        {
            Original = original,
            IsPartial = random.Next(3) == 0,
            Difference = random.Next(6) switch { 0 => "sender", 1 => "receiver", _ => "house" }
        };
        if (random.Next(3) == 0)
            return command;
        if (moves is { Count: > 1 } && random.Next(12) > 0)
            return command with
            {
                Legs =
                    [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Back(random.Next(random.Next(9) == 0 ? 9 : moves.Count), moves))]
            };
        var back = Back(0, moves);
        return random.Next(20) == 0 ? command with { Legs = [back] } : command with { Amount = back.Amount, Currency = back.Currency };
    }

    ModelLeg Back(int place, IReadOnlyList<ModelMove>? moves)
    {
        var move = moves is not null && place < moves.Count ? moves[place] : null;
        var currency = random.Next(3) switch
        {
            0 when move is not null => model.Accounts[move.To].Currency,
            1 when random.Next(6) == 0 => Currency(),
            _ => null,
        };
        if (move is null || random.Next(4) == 0)
            return new(place, 0, Amount()) { Currency = currency };
        // What is left of it, or a part, or one minor unit too much.
        var isGot = currency is not null && currency == model.Accounts[move.To].Currency;
        var unit = model.Accounts[isGot ? move.To : move.From].Currency;
        var left = isGot ? move.Got - move.GotBack : move.Lost - move.LostBack;
        var minor = random.Next(4) switch { 0 => left, 1 => left + 1, _ => (left / random.Next(2, 5)) + 1 };
        return new(place, 0, Decimals.ToText(minor, unit)) { Currency = currency };
    }

    long Hold()
    {
        if (random.Next(60) == 0)
            return model.Head + 1 + random.Next(5);
        var among = random.Next(5) == 0 ? model.Holds.Values.Reverse().Take(200).ToList() : [.. model.OpenHolds.Take(400)];
        if (among.Count == 0)
            return random.Next(1, 100);
        var hold = among[random.Next(among.Count)].Id;
        return hold == busyHold ? hold + 1 : hold;
    }
}
