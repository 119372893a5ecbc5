using System.Globalization;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Testing.Stores.Authoring;

/// <summary>Histories for tests: a short one in which every kind of operation happens and every column is used, and random ones of any length.</summary>
public static class Story
{
    static readonly string[] Currencies = ["EUR", "USD", "JPY", "KWD"];
    static readonly string[] Names = ["Änna Müller", "anna weiss", "ÁNNA", "Иван Петров", "иван Иванов", "Ἀλέξανδρος", "ΑΛΕΞΑΝΔΡΟΣ", "Zoé", "zoe", "50% off_x", "50_ off", "𝒜strid", "田中 健二", "O'Neill \\ \"Bob\""];

    /// <summary>Opens the book and writes every kind of operation, a few to a batch.</summary>
    public static void Play(BookAuthor author)
    {
        author.Open();
        var today = author.At.Date;
        author.Write(new LoadQuotes(today, [new LoadedQuote("USD", QuoteRate.Parse("0.92")), new LoadedQuote("JPY", QuoteRate.Parse("0.00610000000001"))]));
        author.Write(
            new LoadQuotes(today, [new LoadedQuote("USD", QuoteRate.Parse("0.9213"))]),
            new LoadQuotes(today.AddDays(-3), [new LoadedQuote("USD", QuoteRate.Parse("0.91")), new LoadedQuote("KWD", QuoteRate.Parse("3.0"))]),
            new LoadQuotes(today.AddDays(1), [new LoadedQuote("USD", QuoteRate.Parse("99999999999999.99999999999999"))]));
        author.Write(new RegisterCustomer(CountryCode.Parse("DE"), Details("Änna Müller", "Köln", "c-1", """{"tier":1,"note":"a b"}"""), Currency("EUR")));
        var (anna, annas) = (author.Last - 1, author.Last);
        author.Write(new RegisterCustomer(CountryCode.Parse("JP"), Details("田中 健二", "東京"), Currency("JPY")));
        var (kenji, kenjis) = (author.Last - 1, author.Last);
        author.Write(new RegisterCustomer(CountryCode.Parse("FR"), Details("Zoé Faure", "Lyon", "c-3"), null));
        var zoe = author.Last;
        author.Write(
            new ChangeCustomer(zoe, null, [Change(Tables.PersonalValues.City, "Nice")]),
            new ChangeCustomer(anna, CountryCode.Parse("AT"), [Change(Tables.PersonalValues.Name, "Anna Weiß")]));
        author.Write(new ChangeCustomer(anna, null, [Change(Tables.PersonalValues.Code, "c-1b")]));
        author.Write(new OpenWallet(anna, Currency("USD"), AccountCode.Parse("savings")));
        var dollars = author.Last;
        author.Write(new OpenWallet(kenji, Currency("EUR"), null));
        var idle = author.Last;
        author.Write(new OpenInternalAccount(AccountCode.Parse("fees"), Currency("EUR"), -5_000));
        var fees = author.Last;
        for (var round = 1; round <= 3; round++)
        {
            author.Write(
                new Deposit(annas, Amount($"{round}00.50"), null) { Description = Description.Parse("salary"), Metadata = Metadata.Parse("""{"n":1.50,"s":"é"}""") },
                new Withdraw(annas, Amount("10"), Currency("EUR")),
                new TransferMoney(annas, kenjis, Amount($"1{round}00"), Currency("JPY")) { Description = Description.Parse("invoice \"81\" <&> ü") });
            author.Write(
                new TransferMoney(annas, dollars, Amount("12.34"), null),
                new TransferMoney(annas, idle, Amount("1"), null),
                new PostLegs([new Leg(annas, fees, Amount("0.25")), new Leg(idle, fees, Amount("0.05")), new Leg(fees, annas, Amount("0.10"))]));
        }

        author.Write(new FreezeAccount(annas, AccountStatus.DebitsFrozen), new FreezeAccount(annas, AccountStatus.Frozen));
        author.Write(new UnfreezeAccount(annas), new FreezeAccount(dollars, AccountStatus.Frozen));
        author.Write(new SetFloor(kenjis, Amount("100")), new SetFloor(fees, null));
        author.Write(new Withdraw(idle, Amount("2.85"), null), new CloseAccount(idle));
        author.Write(new EraseCustomer(zoe));
        author.Write(new RegisterCustomer(CountryCode.Parse("FR"), Details("Zoë Blanc", "Lyon", "c-3"), Currency("EUR")));
        author.Write(new Withdraw(kenjis, Amount("100"), null));
    }

    /// <summary>Goes on with random commands, of which the rules refuse some.</summary>
    public static void Continue(BookAuthor author, Random random, int batches, int commands)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            // Seldom a night passes, so that quotes grow old and dates change.
            if (random.Next(20) == 0)
                author.At = new(author.At.Microseconds + 86_400_000_000);
            author.WriteAccepted(Enumerable.Range(0, commands).Select(_ => (Func<Command>)(() => Next(author, random))));
        }
    }

    static Command Next(BookAuthor author, Random random) => random.Next(100) switch
    {
        < 20 => new Deposit(Wallet(author, random), Whole(random), null),
        < 30 => new Withdraw(Wallet(author, random), Whole(random), null),
        < 50 => new TransferMoney(Wallet(author, random), Wallet(author, random), Whole(random), null),
        < 55 => new PostLegs([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => new Leg(Wallet(author, random), Wallet(author, random), Whole(random)))]),
        < 65 => new RegisterCustomer(CountryCode.Parse(Pick(random, "PT", "JP", "DE")), Details(Pick(random, Names), "Lisboa", random.Next(2) == 0 ? null : $"c{Number(random)}"), random.Next(3) == 0 ? null : Currency(Pick(random, Currencies))),
        < 70 => new ChangeCustomer(Customer(author, random), null, [Change(Tables.PersonalValues.Name, Pick(random, Names)), Change(Tables.PersonalValues.Code, random.Next(2) == 0 ? null : $"c{Number(random)}")]),
        < 72 => new EraseCustomer(Customer(author, random)),
        < 78 => new OpenWallet(Customer(author, random), Currency(Pick(random, Currencies)), random.Next(2) == 0 ? null : AccountCode.Parse($"a{Number(random)}")),
        < 80 => new OpenInternalAccount(AccountCode.Parse($"a{Number(random)}"), Currency(Pick(random, Currencies)), 0),
        < 83 => new FreezeAccount(Wallet(author, random), random.Next(2) == 0 ? AccountStatus.Frozen : AccountStatus.DebitsFrozen),
        < 88 => new UnfreezeAccount(Wallet(author, random)),
        < 89 => new CloseAccount(Wallet(author, random)),
        < 93 => new SetFloor(Wallet(author, random), random.Next(3) == 0 ? null : SignedAmount($"-{Number(random)}")),
        _ => new LoadQuotes(author.At.Date.AddDays(random.Next(-4, 4)), [new LoadedQuote(Pick(random, "USD", "JPY", "KWD"), QuoteRate.Parse($"{Number(random)}.{random.Next(1, 1_000_000).ToString("000000", CultureInfo.InvariantCulture)}"))]),
    };

    static long Wallet(BookAuthor author, Random random) => PickOrNone(random, author.State.Accounts.Where(account => !account.IsSystem).Select(account => account.Id));

    static long Customer(BookAuthor author, Random random) => PickOrNone(random, author.State.Customers.Select(customer => customer.Id));

    static long PickOrNone(Random random, IEnumerable<long> ids) => ids.ToList() is { Count: > 0 } all ? all[random.Next(all.Count)] : 0;

    static T Pick<T>(Random random, params T[] among) => among[random.Next(among.Length)];

    static Kopeck.Ledger.Money.DecimalAmount Whole(Random random) => Amount(random.Next(1, 500).ToString(CultureInfo.InvariantCulture));

    static string Number(Random random) => random.Next(1, 41).ToString(CultureInfo.InvariantCulture);
}
