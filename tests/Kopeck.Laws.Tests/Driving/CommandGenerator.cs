using System.Globalization;
using Kopeck.Laws.Tests.Model;

namespace Kopeck.Laws.Tests.Driving;

/// <summary>Random requests about what the model knows: many that succeed, and every way to be refused.</summary>
sealed partial class CommandGenerator(Random random, ModelLedger model, long whale, long busyHold = 0)
{
    static readonly string[] Currencies = ["EUR", "USD", "JPY", "KWD", "CLF", "GBP", "SEK"];
    static readonly string[] Quoted = ["USD", "USD", "JPY", "JPY", "KWD", "CLF", "CHF", "EUR"];

    static readonly string[] SmallestUnit = ["1", "0.1", "0.01", "0.001", "0.0001"];

    readonly List<ModelCommand> sent = [];
    int keys;

    public ModelCommand Next()
    {
        if (sent.Count > 0 && random.Next(100) < 6)
            return Again();
        var command = Invent();
        command = command with
        {
            Key = ModelLedger.NeedsKey(command.Kind) ? (random.Next(200) == 0 ? null : NextKey()) : random.Next(2) == 0 ? NextKey() : null,
            IsReader = random.Next(300) == 0,
        };
        if (command.Key is not null && command.Kind != "quotes")
            Remember(command);
        return command;
    }

    /// <summary>An earlier key: with its own request, or with another one.</summary>
    ModelCommand Again()
    {
        var earlier = sent[random.Next(sent.Count)];
        return random.Next(3) == 0 ? Invent() with { Key = earlier.Key } : earlier;
    }

    ModelCommand Invent() => random.Next(1000) < 280 ? InventHold() : InventOther();

    ModelCommand InventOther() => random.Next(1000) switch
    {
        < 260 => new("deposit") { From = Account(), Amount = Amount(), Currency = Maybe(Currency, 15) },
        < 340 => new("withdrawal") { From = Account(), Amount = Amount(), Currency = Maybe(Currency, 15) },
        < 600 => Transfer(),
        < 690 => new("posting") { Legs = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Leg())] },
        < 730 =>
            new("register")
            {
                Name = $"Customer {random.Next(50)}",
                Country = random.Next(2) == 0 ? "PT" : "JP",
                Code = Maybe(CustomerCode, 40),
                Currency = Maybe(Currency, 70)
            },
        < 760 => new("change") { From = Customer(), Name = $"Customer {random.Next(50)}", Code = Maybe(CustomerCode, 50) },
        < 766 => new("erase") { From = Customer() },
        < 800 => new("open_wallet") { From = Customer(), Currency = Currency(), Code = Maybe(AccountCode, 40) },
        < 815 => new("open_account") { Code = AccountCode(), Currency = Currency() },
        < 826 => new("freeze") { From = Account(), What = random.Next(2) == 0 ? "all" : "debits" },
        < 895 => new("unfreeze") { From = Account() },
        < 912 => new("close") { From = Account() },
        < 950 =>
            new("floor")
            {
                From = Account(),
                Amount = random.Next(12) switch
                {
                    0 => "",
                    < 6 => "0",
                    < 9 => "-" + Amount(),
                    _ => Amount()
                } switch
                { "-0" => "0", var floor => floor }
            },
        < 952 => new("terms") { Day = random.Next(6, 11) },
        // The krona is quoted seldom, so that its quote is stale at times; the pound never.
        _ =>
            new("quotes")
            {
                Currency = random.Next(400) == 0 ? "SEK" : Quoted[random.Next(Quoted.Length)],
                Day = random.Next(20) == 0 ? 16 : random.Next(-2, 3),
                Amount = random.Next(1, 4_000_000).ToString(CultureInfo.InvariantCulture)
            },
    };

    ModelCommand Transfer()
    {
        var (from, to) = random.Next(40) == 0 ? (whale, Account()) : (Account(), random.Next(30) == 0 ? 0 : Account());
        if (to == 0)
            to = from;
        // The smallest unit of one currency is often less than that of another.
        if (random.Next(15) == 0 && model.Accounts.GetValueOrDefault(from) is { } poor)
            return new("transfer")
            {
                From = from,
                To = to,
                Amount = SmallestUnit[Decimals.MinorUnits[poor.Currency]],
                Currency = poor.Currency
            };
        var currency = random.Next(10) switch
        {
            < 5 => null,
            < 8 => model.Accounts.GetValueOrDefault(to)?.Currency,
            < 9 => model.Accounts.GetValueOrDefault(from)?.Currency,
            _ => Currency(),
        };
        return new("transfer") { From = from, To = to, Amount = from == whale ? "9999999999999.99" : Amount(), Currency = currency };
    }

    ModelLeg Leg()
    {
        var from = Account();
        var same = model.Accounts.TryGetValue(from, out var account) && random.Next(4) > 0
            ? model.Accounts.Values.Where(other => other.Currency == account.Currency && !other.IsSystem).ToList()
            : [];
        return new(from, same.Count > 0 ? same[random.Next(same.Count)].Id : Account(), Amount());
    }

    long Account()
    {
        if (random.Next(60) == 0)
            return random.Next(40) == 0 ? whale : model.Head + 1 + random.Next(5);
        if (random.Next(60) == 0 && model.Accounts.Values.Where(account => account.IsSystem).ToList() is { Count: > 0 } system)
            return system[random.Next(system.Count)].Id;
        // A few dozen accounts get most of the traffic, so that histories grow and funds run out.
        var among = random.Next(4) == 0 ? 400 : 60;
        var usable = model.Accounts.Values.Take(among)
            .Where(account => !account.IsSystem && (account.Status == "open" || random.Next(5) == 0)).ToList();
        return usable.Count > 0 ? usable[random.Next(usable.Count)].Id : whale;
    }

    long Customer() =>
        random.Next(12) == 0
            || model.Customers.Count == 0
                ? model.Head + 3
                : model.Customers.Keys.ElementAt(random.Next(Math.Min(model.Customers.Count, 300)));

    string Amount() => random.Next(24) switch
    {
        0 => "0",
        1 => "0.0001",
        2 => "9999999999.99",
        3 => "1.23456",
        4 => "0.01",
        5 => "1",
        < 21 => random.Next(1, 500).ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{random.Next(0, 900)}.{random.Next(1, 99):00}"),
    };

    string Currency() => Currencies[random.Next(Currencies.Length)];

    string CustomerCode() => $"c{random.Next(200)}";

    string AccountCode() => $"a{random.Next(80)}";

    string? Maybe(Func<string> value, int percent) => random.Next(100) < percent ? value() : null;

    string NextKey() => $"key-{++keys}";

    void Remember(ModelCommand command)
    {
        if (sent.Count < 3_000)
            sent.Add(command);
        else
            sent[random.Next(sent.Count)] = command;
    }
}
