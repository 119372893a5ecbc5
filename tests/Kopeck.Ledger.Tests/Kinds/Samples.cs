using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Tests.Kinds;

/// <summary>Bodies and commands of every kind, by name: with all of their members, and with as few as there may be.</summary>
static class Samples
{
    static readonly Currency Euro = new("EUR", 2);
    static readonly Currency Yen = new("JPY", 0);
    static readonly BookTerms Terms = new(7, BookTerms.Utc);
    static readonly BookTerms LocalTerms = new(30, ZoneName.Restore("America/Argentina/Buenos_Aires"));
    static readonly Digest Sample = Digest.Of("sample"u8);
    static readonly UsedQuote One = new(QuotePair.One, new DateOnly(2026, 11, 23), 1);
    static readonly UsedQuote YenQuote = new(QuotePair.Parse("163.12", "1"), new DateOnly(2026, 11, 20), 9);
    static readonly Exchange Exchange = new("EUR", "JPY", "163.12", new DateOnly(2026, 11, 23), One, YenQuote);

    // Every sort of character: escaped ones, letters, beyond the BMP, and one that only Unicode 17 knows.
    static readonly Description Words = Description.Restore("café \"81\" \\ / \u20C1 🎉 \u0001 \b\t\n\f\r \u007F");
    static readonly Metadata Note = Metadata.Restore("""{"order":"81","n":1.50,"nested":{"b":[true,null],"a":"é"}}""");

    static readonly Instant End = new(1_764_000_000_000_000);

    public static IReadOnlyDictionary<string, OperationBody> Bodies { get; } =
        new SortedDictionary<string, OperationBody>(StringComparer.Ordinal)
        {
            ["book_opened"] = new BookOpened(Euro, Terms, default),
            ["book_opened/zone"] = new BookOpened(Euro, LocalTerms, default),
            ["book_changed"] = new BookChanged(LocalTerms, 1),
            ["book_changed/standing"] = new BookChanged(LocalTerms with { ClockStandsAt = End }, 1),
            ["customer_registered"] = new CustomerRegistered(CountryCode.Restore("PT"), Sample),
            ["customer_changed"] = new CustomerChanged(2, CountryCode.Restore("PT"), Sample),
            ["customer_erased"] = new CustomerErased(2),
            ["account_opened"] = new AccountOpened(AccountKind.Wallet, 2, Euro, AccountCode.Restore("main"), 0),
            ["account_opened/internal"] = new AccountOpened(AccountKind.Internal, null, Euro, AccountCode.Restore("fees"), -100),
            ["account_opened/cash"] = new AccountOpened(AccountKind.Cash, null, Yen, null, null),
            ["account_opened/exchange"] = new AccountOpened(AccountKind.Exchange, null, Yen, null, null),
            ["account_frozen"] = new AccountFrozen(3, AccountStatus.Frozen),
            ["account_frozen/debits"] = new AccountFrozen(3, AccountStatus.DebitsFrozen),
            ["account_unfrozen"] = new AccountUnfrozen(3),
            ["account_closed"] = new AccountClosed(3),
            ["floor_set"] = new FloorSet(3, Euro, -1_000),
            ["floor_set/none"] = new FloorSet(3, Euro, null),
            ["quotes_loaded"] = new QuotesLoaded(
            new DateOnly(2026, 11, 23),
            QuoteSource.Restore("ecb"),
            [new LoadedQuote("JPY", QuotePair.Parse("163.12", "1")), new LoadedQuote("USD", QuotePair.Parse("1", "0.92"))]),
            ["deposit"] = new Deposited(4, 3, 1_250, Euro, Words, Note),
            ["deposit/least"] = new Deposited(4, 3, 1, Euro, null, null),
            ["withdrawal"] = new Withdrawn(3, 4, 1_250, Euro, Words, Note),
            ["transfer"] = new Transferred(3, 5, 1_250, Euro, Words, Note),
            ["transfer/converted"] = new Transferred(3, 6, 25_000, Yen, null, null, Exchange),
            ["hold"] = new HoldPlaced(
            Held(60, 1_000, 1_000, new HoldState(HoldStatus.Open, 1_000, 1_150, 0, 0, 0, 1_000, End)), 6, false, Yen, 163_000, 187_450,
            Words, Note, Exchange),
            ["hold/cash"] = new HoldPlaced(
            Held(60, 1_000, 1_000, new HoldState(HoldStatus.Open, 1_000, null, 0, 0, 0, 1_000, End)), null, true, Euro, 1_000, null, null,
            null, null),
            ["hold/least"] = new HoldPlaced(
            Held(60, 1, 1, new HoldState(HoldStatus.Open, 1, null, 0, 0, 0, 1, null)), null, false, Euro, 1, null, null, null, null),
            ["hold_increased"] = new HoldIncreased(Held(60, 500, 1_500, new HoldState(HoldStatus.Open, 1_500, 1_500, 0, 0, 0, 1_500, End))),
            ["hold_extended"] = new HoldExtended(Held(60, 0, 1_500, new HoldState(HoldStatus.Open, 1_500, 1_500, 0, 0, 0, 1_500, End))),
            ["hold_released"] = new HoldReleased(Held(60, -300, 700, new HoldState(HoldStatus.Open, 1_000, null, 0, 300, 0, 700, End))),
            ["hold_expired"] = new HoldExpired(Held(60, -700, 0, new HoldState(HoldStatus.Expired, 1_000, null, 0, 300, 700, 0, End))),
            ["capture"] = new Captured(
            Held(60, -1_000, 0, new HoldState(HoldStatus.Captured, 1_000, 1_150, 1_050, 0, 0, 0, End)),
            [new CapturedLeg(5, 50, 50, Euro, null), new CapturedLeg(6, 1_000, 163_934, Yen, Exchange)], Words, Note),
            ["reversal"] = new Reversed(
            42,
            [
                new ReversedLeg(0, 5, 3, Euro, Euro, new Sides(50, 50), new Sides(50, 50), new Sides(100, 100), 50, 50, null),
                new ReversedLeg(1, 6, 3, Yen, Euro, new Sides(1, 164), new Sides(1, 164), new Sides(1_000, 163_934), 164, 2, Exchange),
            ],
            false, Difference.Sender, true, Words, Words, Note),
            ["reversal/least"] = new Reversed(
            42, [new ReversedLeg(0, 5, 3, Euro, Euro, new Sides(1, 1), new Sides(1, 1), new Sides(1, 1), 1, 1, null)], true,
            Difference.House, false, null, null, null),
            ["posting"] = new Posted([new PostedLeg(3, 5, 100, Euro), new PostedLeg(6, 7, 5, Yen)], Words, Note),
        };

    public static IReadOnlyDictionary<string, Command> Commands { get; } = new SortedDictionary<string, Command>(StringComparer.Ordinal)
    {
        ["open_book"] = new OpenBook(Euro, Terms),
        ["open_book/zone"] = new OpenBook(Euro, LocalTerms),
        ["change_book"] = new ChangeBook(30, ZoneName.Parse("Europe/Berlin")),
        ["change_book/least"] = new ChangeBook(null, null),
        ["change_book/standing"] = new ChangeBook(null, null) { ClockStandsAt = End },
        ["change_book/standing_ended"] = new ChangeBook(null, null) { EndsClockStand = true },
        ["register_customer"] = new RegisterCustomer(CountryCode.Restore("PT"), Details("Élodie", "Porto", "c-1", """{"b":1,"a":{"d":2.0,"c":3}}"""), Euro),
        ["register_customer/least"] = new RegisterCustomer(CountryCode.Restore("PT"), Details("Élodie", "Porto", null, null), null),
        ["change_customer"] = new ChangeCustomer(2, CountryCode.Restore("ES"), [new DetailChange(0, "Eva"), new DetailChange(2, null)]),
        ["erase_customer"] = new EraseCustomer(2),
        ["open_wallet"] = new OpenWallet(2, Euro, AccountCode.Restore("main")),
        ["open_account"] = new OpenInternalAccount(AccountCode.Restore("fees"), Euro, -100),
        ["freeze_account"] = new FreezeAccount(3, AccountStatus.Frozen),
        ["unfreeze_account"] = new UnfreezeAccount(3),
        ["close_account"] = new CloseAccount(3),
        ["set_floor"] = new SetFloor(3, Amount("-10.00")),
        ["set_floor/none"] = new SetFloor(3, null),
        ["load_quotes"] = new LoadQuotes(
            new DateOnly(2026, 11, 23),
            [new LoadedQuote("USD", QuotePair.Parse("1", "0.92")), new LoadedQuote("JPY", QuotePair.Parse("163.12", "1"))]),
        ["deposit"] = new Deposit(3, Amount("12.50"), Yen) { Description = Words, Metadata = Note },
        ["deposit/least"] = new Deposit(3, Amount("12.50"), null),
        ["withdrawal"] = new Withdraw(3, Amount("12.50"), Yen) { Description = Words, Metadata = Note },
        ["transfer"] = new TransferMoney(3, 5, Amount("12.50"), Yen) { Description = Words, Metadata = Note },
        ["transfer/least"] = new TransferMoney(3, 5, Amount("12.50"), null),
        ["hold"] = new PlaceHold(3, Amount("12.50"), Yen)
        {
            To = 6,
            MaxAmount = Amount("20"),
            Life = new HoldLife { Seconds = 60 },
            Description = Words,
            Metadata = Note
        },
        ["hold/cash"] = new PlaceHold(3, Amount("12.50"), Euro) { ToCash = true, Life = new HoldLife { Until = End } },
        ["hold/least"] = new PlaceHold(3, Amount("12.50"), null),
        ["hold/forever"] = new PlaceHold(3, Amount("12.50"), null) { Life = new HoldLife { IsForever = true } },
        ["increase"] = new IncreaseHold(60, Amount("1.0"), false, Amount("20")),
        ["increase/total"] = new IncreaseHold(60, Amount("1.0"), true, null),
        ["extend"] = new ExtendHold(60, new HoldLife { Seconds = 60 }),
        ["release"] = new ReleaseHold(60, Amount("1.0")),
        ["release/least"] = new ReleaseHold(60, null),
        ["expire"] = new ExpireHold(60),
        ["capture"] =
            new CaptureHold(60) { Amount = Amount("1.0"), Currency = Yen, To = 6, IsFinal = true, Description = Words, Metadata = Note },
        ["capture/cash"] = new CaptureHold(60) { ToCash = true },
        ["capture/legs"] = new CaptureHold(60) { Legs = [new CaptureLeg(5, Amount("1.0"), null), new CaptureLeg(6, Amount("5"), Yen)] },
        ["capture/least"] = new CaptureHold(60),
        ["reverse"] = new ReverseOperation(42)
        {
            Amount = Amount("1.0"),
            Currency = Yen,
            Difference = Difference.Receiver,
            IsPartial = true,
            Reason = Words,
            Description = Words,
            Metadata = Note,
        },
        ["reverse/legs"] =
            new ReverseOperation(42) { Legs = [new ReverseLeg(0, Amount("1.0"), null), new ReverseLeg(1, Amount("5"), Yen)] },
        ["reverse/least"] = new ReverseOperation(42),
        ["posting"] = new PostLegs([new Leg(3, 5, Amount("1.00")), new Leg(6, 7, Amount("5"))]) { Description = Words, Metadata = Note },
    };

    /// <summary>A book with EUR accounts 3 and 5 and JPY accounts 6 and 7.</summary>
    public static BookState State()
    {
        var state = new BookOpened(Euro, Terms, default).Begin(BookName.Parse("main"));
        foreach (var (id, currency) in new[] { (3, Euro), (5, Euro), (6, Yen), (7, Yen) })
            state.Load(new Account { Id = id, Kind = AccountKind.Wallet, Customer = 2, Currency = currency, Floor = 0 });
        return state;
    }

    public static DecimalAmount Amount(string text) =>
        DecimalAmount.TryParseSigned(text, out var amount, out var error) ? amount : throw new FormatException(error.Detail);

    static HoldChange Held(long hold, long change, long held, HoldState after) => new(hold, 3, Euro, change, held, after);

    static CustomerDetails Details(params string?[] texts) =>
        CustomerDetails.TryCreate(texts, out var details, out var errors) ? details : throw new FormatException(errors[0].Error.Detail);
}
