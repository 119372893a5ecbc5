using System.Collections.Immutable;
using System.Globalization;
using Kopeck.Engine;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reference;

namespace Kopeck.Cli.Commands;

/// <summary>
/// The demo's story: customers come over the first weeks, quotes walk at random, money comes in, moves and goes out, and a fee is taken now
/// and then. Rooms are booked with a hold, which is captured in parts, released, or left to expire; some payments are refunded.
/// </summary>
sealed class DemoHistory(LedgerEngine engine, DemoClock clock, BookName book, Random random)
{
    const int TotalCustomers = 100;
    const int BatchesADay = 12;
    const int RememberedPayments = 200;
    const int Day = 86_400;

    static readonly string[] Purposes =
        ["rent", "dinner", "tickets", "invoice", "birthday present", "subscription", "groceries", "refund", "salary", "lesson"];

    readonly Caller caller = new(book, KeyName.Parse("demo"), Scopes.Admin);
    readonly List<(long Id, Currency Currency)> wallets = [];
    readonly List<(long Id, Currency Currency)> holds = [];
    readonly List<long> payments = [];
    readonly Dictionary<string, long> feeAccounts = new(StringComparer.Ordinal);
    readonly Dictionary<string, decimal> quotes =
        new(StringComparer.Ordinal) { ["USD"] = 0.92m, ["GBP"] = 1.17m, ["JPY"] = 0.0061m, ["PLN"] = 0.234m, ["KWD"] = 2.98m };
    int keys;
    long done;

    public int Customers { get; private set; }

    public int Rejected { get; private set; }

    public long SampleWallet => wallets[0].Id;

    public async Task OpenAsync()
    {
        foreach (var code in quotes.Keys.Append("EUR"))
        {
            var account = await RequireAsync(new OpenInternalAccount(AccountCode.Parse("fees-" + code.ToLowerInvariant()), Find(code), 0));
            feeAccounts.Add(code, account.Answer.Number);
        }
    }

    /// <summary>Plays a day until the whole history has so many operations.</summary>
    public async Task PlayDayAsync(DateTimeOffset day, DateTimeOffset end, long target, Action<long> progress)
    {
        await LoadQuotesAsync(day);
        for (var batch = 0; batch < BatchesADay; batch++)
        {
            var moment = day.AddHours(24.0 * batch / BatchesADay).AddSeconds(random.Next(3600));
            clock.MoveTo(moment < end ? moment : end);
            while (Customers < TotalCustomers && Customers < wallets.Count + 4 && random.Next(3) < 2)
                await RegisterAsync();
            var wanted = (target - done) / (BatchesADay - batch);
            var requests = new List<Request>();
            while (requests.Count < wanted)
                requests.Add(new Request { Command = Invent(), Key = NextKey() });
            await SubmitAsync(requests);
            progress(Math.Min(done, target));
        }
    }

    async Task SubmitAsync(List<Request> requests)
    {
        var batch = await engine.SubmitBatchAsync(caller, requests, atomic: false);
        if (batch.Rejection is { } refused)
            throw new InvalidOperationException(refused.Detail);
        done += batch.Outcomes.Sum(outcome => outcome.Group.Count);
        Rejected += batch.Outcomes.Count(outcome => !outcome.IsAccepted);
        for (var place = 0; place < requests.Count; place++)
            Remember(requests[place].Command!, batch.Outcomes[place]);
    }

    /// <summary>What can be captured, released or refunded later.</summary>
    void Remember(Command command, Outcome outcome)
    {
        switch (command)
        {
            case PlaceHold when outcome.Hold is { } hold:
                holds.Add((hold.Id, hold.Currency));
                break;
            case HoldCommand { Hold: var id } when outcome.Hold is null or { IsOpen: false }:
                holds.RemoveAll(hold => hold.Id == id);
                break;
            case TransferMoney when outcome.IsAccepted:
                payments.Add(outcome.Answer.Number);
                if (payments.Count > RememberedPayments)
                    payments.RemoveAt(0);
                break;
        }
    }

    async Task LoadQuotesAsync(DateTimeOffset day)
    {
        clock.MoveTo(day);
        foreach (var code in quotes.Keys.ToList())
            quotes[code] *= 1m + (random.Next(-60, 61) / 10_000m);
        var loaded = quotes.Select(
            quote =>
                new LoadedQuote(
                    quote.Key, QuotePair.OfOne(QuoteFigure.Parse(Math.Round(quote.Value, 6).ToString(CultureInfo.InvariantCulture)))))
            .ToImmutableArray();
        await RequireAsync(new LoadQuotes(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), loaded));
    }

    async Task RegisterAsync()
    {
        var country = DemoPeople.Countries[Customers % DemoPeople.Countries.Count];
        var cities = Cities.Search(country.Code, "", 8);
        var texts = new string?[CustomerDetails.Columns.Count];
        Set(texts, Tables.PersonalValues.Name, $"{Pick(country.First)} {Pick(country.Last)}");
        Set(texts, Tables.PersonalValues.City, cities[random.Next(cities.Count)].Name);
        Set(texts, Tables.PersonalValues.Code, $"customer-{Customers + 1}");
        if (!CustomerDetails.TryCreate(texts, out var details, out var errors))
            throw new InvalidOperationException(errors[0].Item2.Detail);
        var registered = await RequireAsync(new RegisterCustomer(CountryCode.Parse(country.Code), details, Find(country.Currency)));
        wallets.Add((registered.Account!.Id, registered.Account.Currency));
        Customers++;
        var other = quotes.Keys.Append("EUR").ElementAt(random.Next(quotes.Count + 1));
        if (other != country.Currency && random.Next(3) == 0)
        {
            var opened = await RequireAsync(new OpenWallet(registered.Customer!.Id, Find(other), null));
            wallets.Add((opened.Account!.Id, opened.Account.Currency));
        }
    }

    Command Invent()
    {
        var (from, currency) = wallets[random.Next(wallets.Count)];
        var (to, toCurrency) = wallets[random.Next(wallets.Count)];
        var note = Description.Parse($"{Pick(Purposes)} {random.Next(1, 400)}");
        return random.Next(100) switch
        {
            < 22 => new Deposit(from, Amount(currency, 400), null) { Description = note },
            < 32 => new Withdraw(from, Amount(currency, 120), null) { Description = note },
            < 37 =>
                new PostLegs(
                    [new Leg(from, feeAccounts[currency.Code], Amount(currency, 2))])
                { Description = Description.Parse("monthly fee") },
            < 38 => new FreezeAccount(from, AccountStatus.DebitsFrozen),
            < 41 => new UnfreezeAccount(from),
            < 60 => new TransferMoney(from, to, Amount(toCurrency, 60), toCurrency) { Description = note },
            < 64 when from != to => Book(from, to, currency),
            < 69 when holds.Count > 0 => Settle(holds[random.Next(holds.Count)]),
            < 70 when payments.Count > 0 => Refund(payments[random.Next(payments.Count)]),
            _ => new TransferMoney(from, to, Amount(currency, 60), null) { Description = note },
        };
    }

    // Of half of the bookings nobody says who is paid before the money is taken; a third ends before anybody asks for it.
    PlaceHold Book(long from, long to, Currency currency) => new(from, Amount(currency, 150), null)
    {
        To = random.Next(2) == 0 ? to : null,
        Life = new HoldLife { Seconds = random.Next(3) == 0 ? Day : 20 * Day },
        Description = Description.Parse($"room {random.Next(1, 40)}"),
    };

    Command Settle((long Id, Currency Currency) hold) => random.Next(5) switch
    {
        0 => new ReleaseHold(hold.Id, null),
        1 => Capture(hold, feeAccounts[hold.Currency.Code], 20, "late cancellation") with { IsFinal = true },
        2 => new CaptureHold(hold.Id) { ToCash = true, IsFinal = true, Description = Description.Parse("the rest of the bill") },
        _ => Capture(hold, random.Next(2) == 0 ? null : feeAccounts[hold.Currency.Code], 30, "a night"),
    };

    CaptureHold Capture((long Id, Currency Currency) hold, long? to, int worth, string what) => new(hold.Id)
    {
        To = to,
        Amount = Amount(hold.Currency, worth),
        Currency = hold.Currency,
        Description = Description.Parse(what),
    };

    ReverseOperation Refund(long payment) => new(payment)
    {
        Reason = Description.Parse("sent back"),
        IsPartial = random.Next(2) == 0,
    };

    /// <summary>An amount worth up to so many euros, in whole minor units of the currency.</summary>
    DecimalAmount Amount(Currency currency, int worth)
    {
        var unit = currency.Code == "EUR" ? 1m : quotes[currency.Code];
        var amount = Math.Round(random.Next(100, worth * 100) / 100m / unit, currency.MinorUnits) + (currency.MinorUnits == 0 ? 1m : 0.01m);
        var text = amount.ToString("F" + currency.MinorUnits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return DecimalAmount.TryParse(text, out var parsed, out var error) ? parsed : throw new InvalidOperationException(error.Detail);
    }

    async Task<Outcome> RequireAsync(Command command)
    {
        var outcome = await engine.SubmitAsync(caller, new Request { Command = command, Key = NextKey() });
        if (outcome.Rejection is { } rejection)
            throw new InvalidOperationException($"{command.Name}: {rejection.Code.Name()}: {rejection.Detail}");
        done += outcome.Group.Count;
        return outcome;
    }

    IdempotencyKey NextKey() => IdempotencyKey.Parse($"demo-{++keys}");

    string Pick(string[] words) => words[random.Next(words.Length)];

    static void Set(string?[] texts, Column column, string value)
    {
        for (var index = 0; index < texts.Length; index++)
        {
            if (CustomerDetails.Columns[index].Name == column.Name)
                texts[index] = value;
        }
    }

    static Currency Find(string code) => Currency.TryFind(code, out var currency) ? currency : throw new InvalidOperationException(code);
}
