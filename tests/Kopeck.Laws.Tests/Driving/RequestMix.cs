using System.Globalization;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Laws.Tests.Driving;

/// <summary>
/// Requests of every kind about what earlier answers told: most succeed. Quick enough for hundreds of thousands, where a model that decides
/// too would be the slow part.
/// </summary>
sealed class RequestMix(Random random)
{
    static readonly string[] Currencies = ["EUR", "EUR", "EUR", "USD", "JPY", "KWD"];

    readonly List<long> wallets = [];
    readonly List<long> customers = [];
    readonly List<Request> sent = [];
    int keys;

    /// <summary>The next batch.</summary>
    public List<Request> Next(DateOnly today, int count) => [.. Enumerable.Range(0, count).Select(_ => Next(today))];

    /// <summary>Learns what there is to talk about.</summary>
    public void Learn(BatchOutcome outcome)
    {
        foreach (var operation in outcome.Outcomes.Where(item => !item.IsReplay).SelectMany(item => item.Group))
        {
            if (operation.Body is AccountOpened { AccountKind: AccountKind.Wallet or AccountKind.Internal })
                wallets.Add(operation.Number);
            if (operation.Body is CustomerRegistered)
                customers.Add(operation.Number);
        }
    }

    Request Next(DateOnly today)
    {
        // Sent again, and other commands under keys that were used.
        if (sent.Count > 0 && random.Next(50) == 0)
            return random.Next(3) == 0 ? sent[random.Next(sent.Count)] with { Command = Invent(today) } : sent[random.Next(sent.Count)];
        var request = new Request
        {
            Command = Invent(today),
            Key = random.Next(10) == 0 ? null : IdempotencyKey.Parse($"key-{(++keys).ToString(CultureInfo.InvariantCulture)}")
        };
        if (request.Key is not null && random.Next(20) == 0)
            sent.Add(request);
        return request;
    }

    Command Invent(DateOnly today) => random.Next(wallets.Count < 50 ? 60 : 1_000) switch
    {
        < 20 => new RegisterCustomer(CountryCode.Parse("PT"), Details($"Customer {random.Next(500)}", code: random.Next(4) == 0 ? $"c{random.Next(1_000)}" : null, metadata: random.Next(4) == 0 ? """{"é":"\u00fc"}""" : null), random.Next(8) == 0 ? null : SomeCurrency()),
        < 24 => new OpenWallet(Some(customers), SomeCurrency(), random.Next(3) == 0 ? AccountCode.Parse($"a{random.Next(1_000)}") : null),
        < 26 => new OpenInternalAccount(AccountCode.Parse($"a{random.Next(1_000)}"), SomeCurrency(), random.Next(2) == 0 ? null : -1_000),
        < 34 =>
            new LoadQuotes(
                today.AddDays(random.Next(-2, 3)),
                [new LoadedQuote("USD", Rate()), new LoadedQuote("JPY", Rate()), new LoadedQuote("KWD", Rate())]),
        < 44 =>
            new ChangeCustomer(
                Some(customers), null,
                [
                    Change(Tables.PersonalValues.Name, $"Customer {random.Next(500)}"),
                    Change(Tables.PersonalValues.Code, random.Next(2) == 0 ? $"c{random.Next(1_000)}" : null)]),
        < 45 => new EraseCustomer(Some(customers)),
        < 50 => new FreezeAccount(Some(wallets), random.Next(2) == 0 ? AccountStatus.Frozen : AccountStatus.DebitsFrozen),
        < 70 => new UnfreezeAccount(Some(wallets)),
        < 71 => new CloseAccount(Some(wallets)),
        < 80 => new SetFloor(Some(wallets), random.Next(3) == 0 ? null : SignedAmount($"-{random.Next(1, 1_000)}")),
        < 380 =>
            new Deposit(Some(wallets), Whole(), null) { Description = random.Next(10) == 0 ? Description.Parse("salary \"ü\"") : null },
        < 480 => new Withdraw(Some(wallets), Whole(), null),
        < 920 => new TransferMoney(Some(wallets), Some(wallets), Whole(), null) { Metadata = random.Next(10) == 0 ? Metadata.Parse("""{"n":1.50}""") : null },
        _ => new PostLegs([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new Leg(Some(wallets), Some(wallets), Whole()))]),
    };

    long Some(List<long> ids) => ids.Count == 0 ? 1 : ids[random.Next(random.Next(2) == 0 ? Math.Min(ids.Count, 40) : ids.Count)];

    Currency SomeCurrency() => Currency(Currencies[random.Next(Currencies.Length)]);

    DecimalAmount Whole() => Amount(random.Next(1, 500).ToString(CultureInfo.InvariantCulture));

    QuotePair Rate() =>
        QuotePair.OfOne(
            QuoteFigure.Parse(string.Create(CultureInfo.InvariantCulture, $"{random.Next(5)}.{random.Next(1, 1_000_000):000000}")));
}
