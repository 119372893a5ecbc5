using System.Globalization;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reversals;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Testing.Stores.Authoring;

/// <summary>
/// Histories for tests: a short one in which every kind of operation happens and every column is used, and random ones of any length.
/// </summary>
public static class Story
{
    static readonly string[] Currencies = ["EUR", "USD", "JPY", "KWD"];
    static readonly string[] Names =
    [
        "Änna Müller", "anna weiss", "ÁNNA", "Иван Петров", "иван Иванов", "Ἀλέξανδρος", "ΑΛΕΞΑΝΔΡΟΣ", "Zoé", "zoe", "50% off_x", "50_ off",
        "𝒜strid", "田中 健二", "O'Neill \\ \"Bob\""
    ];

    /// <summary>Opens the book and writes every kind of operation, a few to a batch.</summary>
    public static void Play(BookAuthor author)
    {
        author.Open();
        var today = author.At.Date;
        author.Write(
            new LoadQuotes(
                today,
                [
                    new LoadedQuote("USD", QuotePair.OfOne(QuoteFigure.Parse("0.92"))),
                    new LoadedQuote("JPY", QuotePair.OfOne(QuoteFigure.Parse("0.00610000000001")))]));
        author.Write(
            new LoadQuotes(today, [new LoadedQuote("USD", QuotePair.OfOne(QuoteFigure.Parse("0.9213")))]),
            new LoadQuotes(
                today.AddDays(-3),
                [
                    new LoadedQuote("USD", QuotePair.OfOne(QuoteFigure.Parse("0.91"))),
                    new LoadedQuote("KWD", QuotePair.OfOne(QuoteFigure.Parse("3.0")))]),
            new LoadQuotes(
                today.AddDays(1), [new LoadedQuote("USD", QuotePair.OfOne(QuoteFigure.Parse("99999999999999.99999999999999")))]));
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
                new TransferMoney(annas, kenjis, Amount($"1{round}00"), Currency("JPY"))
                {
                    Description = Description.Parse("invoice \"81\" <&> ü")
                });
            author.Write(
                new TransferMoney(annas, dollars, Amount("12.34"), null),
                new TransferMoney(annas, idle, Amount("1"), null),
                new PostLegs(
                    [new Leg(annas, fees, Amount("0.25")), new Leg(idle, fees, Amount("0.05")), new Leg(fees, annas, Amount("0.10"))]));
        }

        author.Write(new FreezeAccount(annas, AccountStatus.DebitsFrozen), new FreezeAccount(annas, AccountStatus.Frozen));
        author.Write(new UnfreezeAccount(annas), new FreezeAccount(dollars, AccountStatus.Frozen));
        author.Write(new SetFloor(kenjis, Amount("100")), new SetFloor(fees, null));
        author.Write(new Withdraw(idle, Amount("2.85"), null), new CloseAccount(idle));
        author.Write(new EraseCustomer(zoe));
        author.Write(new RegisterCustomer(CountryCode.Parse("FR"), Details("Zoë Blanc", "Lyon", "c-3"), Currency("EUR")));
        author.Write(new Withdraw(kenjis, Amount("100"), null));
    }

    /// <summary>Goes on with every kind of operation on holds, and with reversals of all that moves money.</summary>
    public static void Reserve(BookAuthor author)
    {
        author.Write(new RegisterCustomer(CountryCode.Parse("PT"), Details("Guest", "Porto"), Currency("EUR")));
        var guest = author.Last;
        author.Write(new RegisterCustomer(CountryCode.Parse("PT"), Details("Hotel", "Lisboa"), Currency("EUR")));
        var hotel = author.Last;
        author.Write(new RegisterCustomer(CountryCode.Parse("JP"), Details("Ryokan", "京都"), Currency("JPY")));
        var ryokan = author.Last;
        author.Write(new OpenInternalAccount(AccountCode.Parse("extras"), Currency("EUR"), 0));
        var extras = author.Last;
        author.Write(new Deposit(guest, Amount("1000"), null));
        var deposit = author.Last;
        author.Write(new PostLegs([new Leg(guest, extras, Amount("50")), new Leg(extras, hotel, Amount("7"))]));
        var posting = author.Last;
        PlayHolds(author, guest, hotel, ryokan, extras);
        PlayReversals(author, guest, hotel, ryokan, deposit, posting);
    }

    static void PlayHolds(BookAuthor author, long guest, long hotel, long ryokan, long extras)
    {
        long Place(PlaceHold hold)
        {
            author.Write(hold);
            return author.Last;
        }

        var room = Place(new(guest, Amount("100"), null)
        {
            To = hotel,
            MaxAmount = Amount("115.00"),
            Life = new HoldLife { Seconds = 86_400 },
            Description = Description.Parse("room 12"),
            Metadata = Metadata.Parse("""{"night":"1"}"""),
        });
        var inn = Place(new(guest, Amount("12000"), Currency("JPY")) { To = ryokan, MaxAmount = Amount("15000") });
        var taxi = Place(new(guest, Amount("20"), Currency("EUR")) { ToCash = true, Life = new HoldLife { IsForever = true } });
        var minibar = Place(new(guest, Amount("30"), null) { Life = new HoldLife { Seconds = 600 } });
        var free = Place(new(guest, Amount("60"), null));
        Place(new(extras, Amount("5"), null) { Life = new HoldLife { Until = new Instant(author.At.Microseconds + 86_400_000_000) } });
        author.Write(
            new IncreaseHold(room, Amount("50"), false, Amount("180")), new ExtendHold(room, new HoldLife { Seconds = 1_209_600 }));
        author.Write(new IncreaseHold(minibar, Amount("35"), true, null), new ReleaseHold(minibar, Amount("3")));
        author.Write(
            new CaptureHold(room) { Amount = Amount("40") }, new CaptureHold(room) { Amount = Amount("10"), Currency = Currency("EUR") });
        author.Write(new CaptureHold(inn) { Amount = Amount("7000") });
        author.Write(new CaptureHold(inn) { Amount = Amount("1000"), IsFinal = true, Description = Description.Parse("checked out") });
        // More than remains, as far as the hold lets it.
        author.Write(new CaptureHold(room) { Amount = Amount("120") });
        author.Write(new CaptureHold(taxi) { Amount = Amount("5.50") });
        author.Write(
            new CaptureHold(free)
            {
                Legs = [new CaptureLeg(hotel, Amount("10"), null), new CaptureLeg(ryokan, Amount("1000"), Currency("JPY"))]
            });
        var legs = author.Last;
        author.Write(new ReleaseHold(free, null));
        author.Write(new ReverseOperation(legs) { Legs = [new ReverseLeg(1, Amount("1"), null)] }, new ReverseOperation(legs));
        // What is left of the minibar's ends.
        author.At = new Instant(author.At.Microseconds + 1_200_000_000);
    }

    static void PlayReversals(BookAuthor author, long guest, long hotel, long ryokan, long deposit, long posting)
    {
        author.Write(new TransferMoney(guest, hotel, Amount("80"), null));
        var transfer = author.Last;
        author.Write(new TransferMoney(guest, ryokan, Amount("33.33"), null));
        var converted = author.Last;
        author.Write(
            new ReverseOperation(transfer) { Amount = Amount("20"), Reason = Description.Parse("a complaint"), Metadata = Metadata.Parse("""{"ticket":"7"}""") },
            new ReverseOperation(transfer) { Amount = Amount("5"), IsPartial = true });
        author.Write(new ReverseOperation(transfer));
        author.Write(
            new ReverseOperation(converted) { Amount = Amount("100"), Currency = Currency("JPY") },
            new ReverseOperation(converted) { Amount = Amount("1"), Difference = Difference.Sender });
        author.Write(new ReverseOperation(converted) { Amount = Amount("2"), Difference = Difference.Receiver });
        author.Write(new ReverseOperation(deposit) { Amount = Amount("1.25") });
        author.Write(new ReverseOperation(posting) { Legs = [new ReverseLeg(0, Amount("2"), null)] });
        author.Write(new Withdraw(guest, Amount("10"), null));
        author.Write(new ReverseOperation(author.Last));
        author.Write(new ReverseOperation(author.Last) { Amount = Amount("3") });
    }

    /// <summary>Goes on with random commands, of which the rules refuse some.</summary>
    public static void Continue(BookAuthor author, Random random, int batches, int commands)
    {
        for (var batch = 0; batch < batches; batch++)
        {
            // Seldom a night passes, so that quotes grow old and dates change.
            if (random.Next(20) == 0)
                author.At = new(author.At.Microseconds + 86_400_000_000);
            // Now and then they are items of a batch with a key of its own.
            author.Batch = batch % 4 == 1 ? Mark($"{author.Book}-{author.Last}") : null;
            author.WriteAccepted(Enumerable.Range(0, commands).Select(_ => (Func<Command>)(() => Next(author, random))));
            author.Batch = null;
        }
    }

    static BatchMark Mark(string key) =>
        new(KeyDigest.Of(IdempotencyKey.Parse(key)), Digest.Of(System.Text.Encoding.UTF8.GetBytes("contents of " + key)));

    static Command Next(BookAuthor author, Random random) => random.Next(100) switch
    {
        < 8 => NextHold(author, random),
        < 20 => new Deposit(Wallet(author, random), Whole(random), null),
        < 30 => new Withdraw(Wallet(author, random), Whole(random), null),
        < 50 => new TransferMoney(Wallet(author, random), Wallet(author, random), Whole(random), null),
        < 55 =>
            new PostLegs(
                [
                    .. Enumerable.Range(0, random.Next(1, 6))
                        .Select(_ => new Leg(Wallet(author, random), Wallet(author, random), Whole(random)))]),
        < 65 =>
            new RegisterCustomer(
                CountryCode.Parse(Pick(random, "PT", "JP", "DE")),
                Details(Pick(random, Names), "Lisboa", random.Next(2) == 0 ? null : $"c{Number(random)}"),
                random.Next(3) == 0 ? null : Currency(Pick(random, Currencies))),
        < 70 =>
            new ChangeCustomer(
                Customer(author, random), null,
                [
                    Change(Tables.PersonalValues.Name, Pick(random, Names)),
                    Change(Tables.PersonalValues.Code, random.Next(2) == 0 ? null : $"c{Number(random)}")]),
        < 72 => new EraseCustomer(Customer(author, random)),
        < 78 =>
            new OpenWallet(
                Customer(author, random), Currency(Pick(random, Currencies)),
                random.Next(2) == 0 ? null : AccountCode.Parse($"a{Number(random)}")),
        < 80 => new OpenInternalAccount(AccountCode.Parse($"a{Number(random)}"), Currency(Pick(random, Currencies)), 0),
        < 83 => new FreezeAccount(Wallet(author, random), random.Next(2) == 0 ? AccountStatus.Frozen : AccountStatus.DebitsFrozen),
        < 88 => new UnfreezeAccount(Wallet(author, random)),
        < 89 => new CloseAccount(Wallet(author, random)),
        < 93 => new SetFloor(Wallet(author, random), random.Next(3) == 0 ? null : SignedAmount($"-{Number(random)}")),
        _ =>
            new LoadQuotes(
                author.At.Date.AddDays(random.Next(-4, 4)),
                [
                    new LoadedQuote(
                        Pick(random, "USD", "JPY", "KWD"),
                        QuotePair.OfOne(
                            QuoteFigure.Parse(
                                $"{Number(random)}.{random.Next(1, 1_000_000).ToString("000000", CultureInfo.InvariantCulture)}")))]),
    };

    static Command NextHold(BookAuthor author, Random random) => random.Next(10) switch
    {
        < 4 => new PlaceHold(Wallet(author, random), Whole(random), null)
        {
            To = random.Next(3) == 0 ? Wallet(author, random) : null,
            Life = new HoldLife { Seconds = random.Next(3) == 0 ? random.Next(1, 40) : null },
        },
        4 => new IncreaseHold(OpenHold(author, random), Whole(random), false, null),
        5 => new ReleaseHold(OpenHold(author, random), random.Next(2) == 0 ? null : Whole(random)),
        < 8 =>
            new CaptureHold(OpenHold(author, random))
            {
                Amount = Whole(random),
                ToCash = random.Next(3) == 0,
                IsFinal = random.Next(4) == 0
            },
        _ => new ReverseOperation(Math.Max(1, author.Last - random.Next(60))) { Amount = random.Next(2) == 0 ? null : Whole(random) },
    };

    static long OpenHold(BookAuthor author, Random random) =>
        PickOrNone(random, author.State.Holds.Where(hold => hold.IsOpen).Select(hold => hold.Id));

    static long Wallet(BookAuthor author, Random random) =>
        PickOrNone(random, author.State.Accounts.Where(account => !account.IsSystem).Select(account => account.Id));

    static long Customer(BookAuthor author, Random random) => PickOrNone(random, author.State.Customers.Select(customer => customer.Id));

    static long PickOrNone(Random random, IEnumerable<long> ids) => ids.ToList() is { Count: > 0 } all ? all[random.Next(all.Count)] : 0;

    static T Pick<T>(Random random, params T[] among) => among[random.Next(among.Length)];

    static Kopeck.Ledger.Money.DecimalAmount Whole(Random random) => Amount(random.Next(1, 500).ToString(CultureInfo.InvariantCulture));

    static string Number(Random random) => random.Next(1, 41).ToString(CultureInfo.InvariantCulture);
}
