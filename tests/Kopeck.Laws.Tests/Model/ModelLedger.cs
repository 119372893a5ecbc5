using System.Numerics;

namespace Kopeck.Laws.Tests.Model;

public sealed class ModelAccount
{
    public required long Id { get; init; }

    public required string Kind { get; init; }

    public long? Customer { get; init; }

    public required string Currency { get; init; }

    public string? Code { get; init; }

    public string Status { get; set; } = "open";

    public BigInteger? Floor { get; set; }

    public BigInteger Posted { get; set; }

    public BigInteger Held { get; set; }

    /// <summary>What each operation that touched it left.</summary>
    public List<(long Number, BigInteger Posted, BigInteger Held, string Status, BigInteger? Floor)> History { get; } = [];

    /// <summary>What can be spent; null is without end.</summary>
    public BigInteger? Available => Posted - Held - Floor;

    public bool Lacks(BigInteger amount) => Available is { } available && available < amount;

    public bool IsSystem => Kind is "cash" or "exchange";
}

public sealed class ModelCustomer
{
    public required long Id { get; init; }

    public string? Name { get; set; }

    public string? Code { get; set; }

    public required string Country { get; set; }

    public bool IsErased { get; set; }
}

public sealed record ModelEntry(long Account, BigInteger Amount, BigInteger Balance);

/// <summary>What the model says of a request.</summary>
public sealed record ModelOutcome(string? Error)
{
    public long Number { get; init; }

    public int Operations { get; init; }

    public bool IsReplay { get; init; }

    public IReadOnlyList<ModelEntry> Entries { get; init; } = [];

    /// <summary>What became of the hold, and of what its account has held.</summary>
    public string? Hold { get; init; }

    /// <summary>What a reversal took of its original, leg by leg.</summary>
    public string? Reverses { get; init; }

    public string State { get; init; } = "";
}

/// <summary>A simple ledger in memory, written from the design alone. Shares no code with the real one.</summary>
public sealed partial class ModelLedger
{
    const long Micro = 1_000_000;
    const long Day = 86_400 * Micro;

    readonly Dictionary<string, (ModelCommand Command, ModelOutcome Outcome)> keys = new(StringComparer.Ordinal);
    readonly List<(string Currency, long Date, long Revision, BigInteger Rate)> quotes = [];
    int maxAgeDays = 7;

    public SortedDictionary<long, ModelAccount> Accounts { get; } = [];

    public SortedDictionary<long, ModelCustomer> Customers { get; } = [];

    /// <summary>For each operation: its kind, and the accounts that it touched.</summary>
    public List<(string Kind, HashSet<long> Accounts)> Operations { get; } = [("book_opened", [])];

    public long Head => Operations.Count;

    public long LastAt { get; set; }

    public ModelOutcome Decide(ModelCommand command, long now)
    {
        if (command.IsReader)
            return new ModelOutcome("forbidden");
        if (NeedsKey(command.Kind) && command.Key is null)
            return new ModelOutcome("key_required");
        if (HasBadFields(command))
            return new ModelOutcome("invalid_fields");
        if (command.Key is { } key && keys.TryGetValue(key, out var known))
            return Meaning(known.Command) == Meaning(command) || IsErasedSince(known.Command, known.Outcome, command)
                ? known.Outcome with { IsReplay = true }
                : new ModelOutcome("key_reused");
        if (now < LastAt - 5 * Micro)
            return new ModelOutcome("clock_skew");
        var at = Math.Max(now, LastAt);
        var before = Head;
        var undo = command.IsDryRun ? Snapshot() : null;
        var outcome = command.Kind switch
        {
            "deposit" or "withdrawal" => Cash(command),
            "transfer" => Transfer(command, at),
            "posting" => Posting(command),
            "register" => Register(command),
            "change" => Change(command),
            "erase" => Erase(command),
            "open_wallet" => OpenWallet(command),
            "open_account" => OpenAccount(command),
            "quotes" => LoadQuotes(command, at),
            "terms" => ChangeTerms(command),
            "hold" => PlaceHold(command, at),
            "increase" => IncreaseHold(command),
            "extend" => ExtendHold(command, at),
            "release" => ReleaseHold(command),
            "capture" => Capture(command, at),
            "reverse" => Reverse(command, at),
            _ => ChangeAccount(command),
        };
        outcome = outcome with { Operations = (int)(Head - before), Number = Head };
        if (undo is not null)
            undo();
        else if (Head > before)
        {
            LastAt = at;
            if (command.Key is not null)
                keys[command.Key] = (command, outcome);
        }

        return outcome;
    }

    /// <summary>All or nothing, as an atomic batch.</summary>
    public (int? Failed, List<ModelOutcome> Outcomes) DecideAtomic(IReadOnlyList<ModelCommand> commands, long now)
    {
        var undo = Snapshot();
        var lastAt = LastAt;
        var knownKeys = keys.ToDictionary(StringComparer.Ordinal);
        var outcomes = new List<ModelOutcome>();
        foreach (var command in commands)
        {
            outcomes.Add(Decide(command, now));
            if (outcomes[^1].Error is null)
                continue;
            undo();
            LastAt = lastAt;
            keys.Clear();
            foreach (var (key, value) in knownKeys)
                keys.Add(key, value);
            return (outcomes.Count - 1, outcomes);
        }

        return (null, outcomes);
    }

    /// <summary>What a key stands for: a currency that counts anyhow may be named or not.</summary>
    string Meaning(ModelCommand command)
    {
        var moves = Moves.GetValueOrDefault(command.Original);
        var usual = command.Kind switch
        {
            "deposit" or "withdrawal" or "transfer" or "hold" => Accounts.GetValueOrDefault(command.From)?.Currency,
            "capture" => Holds.GetValueOrDefault(command.Hold)?.Asked,
            "reverse" when moves?.Count == 1 => Accounts[moves[0].From].Currency,
            _ => null,
        };
        string? UsualOf(ModelLeg leg) =>
            command.Kind == "capture" ? usual : moves is not null
                && leg.From < moves.Count ? Accounts[moves[(int)leg.From].From].Currency : null;
        return (command with
        {
            Currency = command.Currency == usual ? null : command.Currency,
            Legs = [.. command.Legs.Select(leg => leg.Currency == UsualOf(leg) ? leg with { Currency = null } : leg)],
        }).Canonical;
    }

    /// <summary>
    /// Erasing deletes the salt of the request's fingerprint: from then on a request of its kind with the same that is not personal is
    /// taken for it, and gets the redacted answer.
    /// </summary>
    bool IsErasedSince(ModelCommand known, ModelOutcome outcome, ModelCommand command) => (known.Kind, command.Kind) switch
    {
        ("register", "register") =>
            Customers[outcome.Number - outcome.Operations + 1].IsErased
                && known.Country == command.Country
                && known.Currency == command.Currency,
        ("change", "change") => known.From == command.From && Customers[known.From].IsErased,
        _ => false,
    };

    static bool IsBadAmount(string amount, string? currency) =>
        Decimals.IsZero(amount) || (currency is null ? Decimals.FitsNoCurrency(amount) : Decimals.ToMinor(amount, currency) is null);

    bool HasBadFields(ModelCommand command)
    {
        switch (command.Kind)
        {
            case "deposit" or "withdrawal" or "transfer":
                var currency = command.Currency ?? Accounts.GetValueOrDefault(command.From)?.Currency;
                return IsBadAmount(command.Amount, currency);
            case "posting":
                return command.Legs.Any(leg => IsBadAmount(leg.Amount, Accounts.GetValueOrDefault(leg.From)?.Currency));
            case "floor":
                return command.Amount.Length > 0
                    && Accounts.GetValueOrDefault(command.From) is { } floored
                    && Decimals.ToMinor(command.Amount, floored.Currency) is null;
            case "quotes":
                return command.Currency == "EUR" || command.Day > 14;
            case "hold" or "increase" or "extend" or "release" or "capture":
                return HasBadHoldFields(command);
            case "reverse":
                return HasBadReversalFields(command);
            default:
                return false;
        }
    }

    ModelOutcome Cash(ModelCommand command)
    {
        if (Usable(command.From, walletsOnly: false) is { } error)
            return new(error);
        var account = Accounts[command.From];
        if (command.Currency is { } named && named != account.Currency)
            return new("currency_mismatch");
        if (account.Status == "closed")
            return new("account_closed");
        var isDeposit = command.Kind == "deposit";
        if (account.Status == "frozen" || (!isDeposit && account.Status == "debits_frozen"))
            return new("account_frozen");
        var amount = Decimals.ToMinor(command.Amount, account.Currency)!.Value;
        if (!isDeposit && account.Lacks(amount))
            return new("insufficient_funds");
        var cash = FindSystem("cash", account.Currency);
        var cashPosted = cash?.Posted ?? 0;
        var sign = isDeposit ? 1 : -1;
        if (!Fits(account.Posted + sign * amount) || !Fits(cashPosted - sign * amount))
            return new("overflow");
        cash ??= OpenSystem("cash", account.Currency);
        return isDeposit
            ? Write(command.Kind, [(cash, -amount), (account, amount)], [new(cash.Id, account.Id, amount, amount)])
            : Write(command.Kind, [(account, -amount), (cash, amount)], [new(account.Id, cash.Id, amount, amount)]);
    }

    ModelOutcome Transfer(ModelCommand command, long at)
    {
        if (Usable(command.From, walletsOnly: true) is { } fromError)
            return new(fromError);
        if (Usable(command.To, walletsOnly: true) is { } toError)
            return new(toError);
        if (command.From == command.To)
            return new("same_account");
        var (from, to) = (Accounts[command.From], Accounts[command.To]);
        var named = command.Currency ?? from.Currency;
        if (named != from.Currency && named != to.Currency)
            return new("currency_mismatch");
        if (from.Status == "closed" || to.Status == "closed")
            return new("account_closed");
        if (from.Status is "frozen" or "debits_frozen" || to.Status == "frozen")
            return new("account_frozen");
        var amount = Decimals.ToMinor(command.Amount, named)!.Value;
        if (from.Currency == to.Currency)
        {
            if (from.Lacks(amount))
                return new("insufficient_funds");
            return Fits(from.Posted - amount) && Fits(to.Posted + amount)
                ? Write("transfer", [(from, -amount), (to, amount)], [new(from.Id, to.Id, amount, amount)])
                : new("overflow");
        }

        var (fromRate, fromProblem) = InForce(from.Currency, at);
        var (toRate, toProblem) = InForce(to.Currency, at);
        foreach (var problem in new[] { "quote_missing", "quote_stale" })
        {
            if (fromProblem == problem || toProblem == problem)
                return new(problem);
        }

        var namedIsFrom = named == from.Currency;
        var other = Decimals.Derive(amount, namedIsFrom, from.Currency, fromRate, to.Currency, toRate);
        if (other.IsZero)
            return new("amount_too_small");
        var (debit, credit) = namedIsFrom ? (amount, other) : (other, amount);
        if (from.Lacks(debit))
            return new("insufficient_funds");
        var (inAccount, outAccount) = (FindSystem("exchange", from.Currency), FindSystem("exchange", to.Currency));
        if (other > Decimals.Limit
            || !Fits(from.Posted - debit)
            || !Fits((inAccount?.Posted ?? 0) + debit)
            || !Fits((outAccount?.Posted ?? 0) - credit)
            || !Fits(to.Posted + credit))
            return new("overflow");
        inAccount ??= OpenSystem("exchange", from.Currency);
        outAccount ??= OpenSystem("exchange", to.Currency);
        return Write(
            "transfer", [(from, -debit), (inAccount, debit), (outAccount, -credit), (to, credit)], [new(from.Id, to.Id, debit, credit)]);
    }

    ModelOutcome Posting(ModelCommand command)
    {
        foreach (var leg in command.Legs)
        {
            if ((Usable(leg.From, walletsOnly: false) ?? Usable(leg.To, walletsOnly: false)) is { } error)
                return new(error);
            if (leg.From == leg.To)
                return new("same_account");
        }

        var pairs = command.Legs.Select(leg => (From: Accounts[leg.From], To: Accounts[leg.To], leg.Amount)).ToList();
        if (pairs.Any(pair => pair.From.Currency != pair.To.Currency))
            return new("currency_mismatch");
        if (pairs.Any(pair => pair.From.Status == "closed" || pair.To.Status == "closed"))
            return new("account_closed");
        if (pairs.Any(pair => pair.From.Status is "frozen" or "debits_frozen" || pair.To.Status == "frozen"))
            return new("account_frozen");
        var moves = pairs.SelectMany(
            pair =>
                new[]
                {
                    (Account: pair.From, Amount: -Decimals.ToMinor(pair.Amount, pair.From.Currency)!.Value),
                    (Account: pair.To, Amount: Decimals.ToMinor(pair.Amount, pair.From.Currency)!.Value)
                }).ToList();
        foreach (var account in moves.GroupBy(move => move.Account))
        {
            var net = account.Aggregate(BigInteger.Zero, (sum, move) => sum + move.Amount);
            if (net < 0 && account.Key.Lacks(-net))
                return new("insufficient_funds");
        }

        var running = moves.Select(move => move.Account).Distinct().ToDictionary(account => account, account => account.Posted);
        foreach (var (account, amount) in moves)
        {
            if (!Fits(running[account] += amount))
                return new("overflow");
        }

        return Write(
            "posting", moves,
            [.. moves.Chunk(2).Select(leg => new ModelMove(leg[0].Account.Id, leg[1].Account.Id, leg[1].Amount, leg[1].Amount))]);
    }

    ModelOutcome Register(ModelCommand command)
    {
        if (command.Code is { } code && Customers.Values.Any(customer => customer.Code == code))
            return new("already_exists");
        var id = Head + 1;
        Customers.Add(id, new ModelCustomer { Id = id, Name = command.Name, Code = command.Code, Country = command.Country! });
        Operations.Add(("customer_registered", []));
        if (command.Currency is { } currency)
            Open("wallet", currency, id, null, 0);
        return new(null) { State = $"{command.Name} {command.Country} {command.Code}" };
    }

    ModelOutcome Change(ModelCommand command)
    {
        if (!Customers.TryGetValue(command.From, out var customer) || customer.IsErased)
            return new("not_found");
        if (command.Name == customer.Name && command.Code == customer.Code)
            return new(null) { State = $"{customer.Name} {customer.Country} {customer.Code}" };
        if (command.Code is { } code && Customers.Values.Any(other => other.Code == code && other != customer))
            return new("already_exists");
        (customer.Name, customer.Code) = (command.Name, command.Code);
        Operations.Add(("customer_changed", []));
        return new(null) { State = $"{customer.Name} {customer.Country} {customer.Code}" };
    }

    ModelOutcome Erase(ModelCommand command)
    {
        if (!Customers.TryGetValue(command.From, out var customer))
            return new("not_found");
        if (!customer.IsErased)
        {
            (customer.Name, customer.Code, customer.IsErased) = (null, null, true);
            Operations.Add(("customer_erased", []));
        }

        return new(null) { State = $" {customer.Country} " };
    }

    ModelOutcome OpenWallet(ModelCommand command)
    {
        if (!Customers.TryGetValue(command.From, out var customer) || customer.IsErased)
            return new("not_found");
        if (command.Code is { } code && Accounts.Values.Any(account => account.Code == code))
            return new("already_exists");
        return Show(Open("wallet", command.Currency!, command.From, command.Code, 0));
    }

    ModelOutcome OpenAccount(ModelCommand command) =>
        Accounts.Values.Any(account => account.Code == command.Code)
            ? new("already_exists")
            : Show(Open("internal", command.Currency!, null, command.Code, 0));

    ModelOutcome ChangeAccount(ModelCommand command)
    {
        if (!Accounts.TryGetValue(command.From, out var account))
            return new("not_found");
        if (account.IsSystem)
            return new("system_account");
        if (command.Kind == "close")
        {
            if (account.Status == "closed")
                return Show(account);
            if (!account.Posted.IsZero || !account.Held.IsZero)
                return new("account_not_empty");
            account.Status = "closed";
            return Changed(account, "account_closed");
        }

        if (account.Status == "closed")
            return new("account_closed");
        if (command.Kind == "floor")
        {
            var floor = command.Amount.Length == 0 ? null : Decimals.ToMinor(command.Amount, account.Currency);
            if (floor == account.Floor)
                return Show(account);
            if (floor is { } lowest && lowest > account.Posted - account.Held)
                return new("insufficient_funds");
            account.Floor = floor;
            return Changed(account, "floor_set");
        }

        var status = command.Kind == "unfreeze" ? "open" : command.What == "all" ? "frozen" : "debits_frozen";
        if (account.Status == status)
            return Show(account);
        account.Status = status;
        return Changed(account, command.Kind == "unfreeze" ? "account_unfrozen" : "account_frozen");
    }

    ModelOutcome ChangeTerms(ModelCommand command)
    {
        if (command.Day == maxAgeDays)
            return new(null);
        maxAgeDays = command.Day;
        Operations.Add(("book_changed", []));
        return new(null);
    }

    ModelOutcome LoadQuotes(ModelCommand command, long at)
    {
        quotes.Add(
            (
                command.Currency!, at / Day + command.Day, Head + 1,
                BigInteger.Parse(command.Amount, System.Globalization.CultureInfo.InvariantCulture) * BigInteger.Pow(10, 8)));
        Operations.Add(("quotes_loaded", []));
        return new(null);
    }

    /// <summary>The rate in force in units of 10^-14, or why there is none.</summary>
    (BigInteger Rate, string? Problem) InForce(string currency, long at)
    {
        if (currency == "EUR")
            return (BigInteger.Pow(10, 14), null);
        var today = at / Day;
        var newest = quotes.Where(quote => quote.Currency == currency && quote.Date <= today).OrderBy(quote => quote.Date)
            .ThenBy(quote => quote.Revision).LastOrDefault();
        if (newest.Currency is null)
            return (0, "quote_missing");
        return newest.Date < today - maxAgeDays ? (0, "quote_stale") : (newest.Rate, null);
    }

    /// <summary>The other side of a conversion today; or why there is none.</summary>
    string? Other(BigInteger named, bool namedIsFrom, string from, string to, long at, out BigInteger other)
    {
        other = 0;
        var (fromRate, fromProblem) = InForce(from, at);
        var (toRate, toProblem) = InForce(to, at);
        if (fromProblem == "quote_missing" || toProblem == "quote_missing")
            return "quote_missing";
        if ((fromProblem ?? toProblem) is { } problem)
            return problem;
        other = Decimals.Derive(named, namedIsFrom, from, fromRate, to, toRate);
        return other.IsZero ? "amount_too_small" : null;
    }

    /// <summary>For each currency the newest quote on a day, however old: currency, date, revision.</summary>
    public IEnumerable<string> NewestQuotes(long day) => quotes.Where(quote => quote.Date <= day).GroupBy(quote => quote.Currency)
        .Select(currency => currency.OrderBy(quote => quote.Date).ThenBy(quote => quote.Revision).Last())
            .OrderBy(quote => quote.Currency, StringComparer.Ordinal)
        .Select(quote => $"{quote.Currency} {quote.Date} {quote.Revision}");

    ModelOutcome Write(string kind, IReadOnlyList<(ModelAccount Account, BigInteger Amount)> moves, IReadOnlyList<ModelMove> legs)
    {
        Operations.Add((kind, [.. moves.Select(move => move.Account.Id)]));
        var number = Head;
        Moves[number] = legs;
        undoing?.Add(() => Moves.Remove(number));
        var entries = new List<ModelEntry>();
        foreach (var (account, amount) in moves)
        {
            account.Posted += amount;
            entries.Add(new ModelEntry(account.Id, amount, account.Posted));
            Remember(account);
        }

        return new(null) { Entries = entries };
    }

    ModelAccount Open(string kind, string currency, long? customer, string? code, BigInteger? floor)
    {
        var account = new ModelAccount { Id = Head + 1, Kind = kind, Customer = customer, Currency = currency, Code = code, Floor = floor };
        Accounts.Add(account.Id, account);
        Changed(account, "account_opened");
        return account;
    }

    ModelAccount OpenSystem(string kind, string currency) => Open(kind, currency, null, null, null);

    ModelAccount? FindSystem(string kind, string currency) =>
        Accounts.Values.FirstOrDefault(account => account.Kind == kind && account.Currency == currency);

    ModelOutcome Changed(ModelAccount account, string kind)
    {
        Operations.Add((kind, [account.Id]));
        Remember(account);
        return Show(account);
    }

    void Remember(ModelAccount account) => account.History.Add((Head, account.Posted, account.Held, account.Status, account.Floor));

    static ModelOutcome Show(ModelAccount account) =>
        new(null)
        {
            State = $"{account.Kind} {account.Currency} {account.Code} {account.Status} {account.Posted} {account.Held} {account.Floor}"
        };

    string? Usable(long id, bool walletsOnly) => Accounts.TryGetValue(id, out var account)
        ? account.IsSystem ? "system_account" : walletsOnly && account.Kind != "wallet" ? "account_not_found" : null
        : "account_not_found";

    static bool Fits(BigInteger value) => value >= long.MinValue && value <= long.MaxValue;

    Action Snapshot()
    {
        var accounts =
            Accounts.Values.Select(account => (account, account.Posted, account.Held, account.Status, account.Floor, account.History.Count))
            .ToList();
        var customers =
            Customers.Values.Select(customer => (customer, customer.Name, customer.Code, customer.Country, customer.IsErased)).ToList();
        var (head, quoteCount, maxAge) = (Operations.Count, quotes.Count, maxAgeDays);
        var done = undoing = [];
        return () =>
        {
            for (var index = done.Count - 1; index >= 0; index--)
                done[index]();
            undoing = null;
            maxAgeDays = maxAge;
            Operations.RemoveRange(head, Operations.Count - head);
            quotes.RemoveRange(quoteCount, quotes.Count - quoteCount);
            foreach (var id in Accounts.Keys.Where(id => id > head).ToList())
                Accounts.Remove(id);
            foreach (var id in Customers.Keys.Where(id => id > head).ToList())
                Customers.Remove(id);
            foreach (var (account, posted, held, status, floor, count) in accounts)
            {
                (account.Posted, account.Held, account.Status, account.Floor) = (posted, held, status, floor);
                account.History.RemoveRange(count, account.History.Count - count);
            }

            foreach (var (customer, name, code, country, isErased) in customers)
                (customer.Name, customer.Code, customer.Country, customer.IsErased) = (name, code, country, isErased);
        };
    }
}
