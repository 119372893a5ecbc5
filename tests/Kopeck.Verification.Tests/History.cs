using Kopeck.Engine.Verification;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Verification.Tests.TestLedger;

namespace Kopeck.Verification.Tests;

/// <summary>
/// A short history in which every kind of operation happens and every column of every derived table is used, made once and copied by the
/// tests.
/// </summary>
public abstract class History(StoreEngine engine) : IAsyncLifetime
{
    DatabaseImage? image;
    DatabaseImage? loose;
    TestDatabase? spare;

    public BookName Book { get; } = BookName.Parse("main");

    public (long Number, Digest Hash) Head { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var database = await engine.CreateAsync();
        await using (var other = new TestLedger(database, "other"))
            await other.OpenBookAsync();
        await using (var ledger = new TestLedger(database))
        {
            await PlayAsync(ledger);
            var head = (await ledger.Engine.Store.FindBookAsync(Book, CancellationToken.None))!.Head;
            Head = (head.Number, head.Hash);
        }

        image = await database.ToImageAsync();
        var loosened = await image.CopyAsync();
        using (var raw = loosened.OpenRaw())
        {
            foreach (var table in TamperedTables)
                raw.Loosen(table);
        }

        loose = await loosened.ToImageAsync();
    }

    /// <summary>The journal and everything that is derived from it.</summary>
    public static IReadOnlyList<string> TamperedTables { get; } =
        [
            .. Tables.All.Except(
                [Tables.ApiKeys.TableName, Tables.OperatorKeys.TableName, Tables.SchemaMigrations.TableName], StringComparer.Ordinal)];

    /// <summary>As the program made it.</summary>
    public Task<TestDatabase> CopyAsync() => image!.CopyAsync();

    /// <summary>The same rows in tables without constraints.</summary>
    public Task<TestDatabase> CopyLooseAsync() => loose!.CopyAsync();

    /// <summary>
    /// One such copy, for those who put it right again and give it back: making one costs as much as what it is made for.
    /// </summary>
    public async Task<TestDatabase> TakeLooseAsync()
    {
        var taken = spare ?? await loose!.CopyAsync();
        spare = null;
        return taken;
    }

    /// <summary>Gives it back as it was, which is looked at.</summary>
    public void GiveBack(TestDatabase copy)
    {
        Assert.Null(Verify(copy).Finding);
        spare = copy;
    }

    public VerificationResult Verify(TestDatabase database, (long Number, Digest Hash)? knownHead = null) =>
        Verifier.Verify(database.Ledger.OpenForVerification(), Book, knownHead);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (spare is not null)
            await spare.DisposeAsync();
    }

    static async Task PlayAsync(TestLedger ledger)
    {
        await ledger.OpenBookAsync();
        var today = new DateOnly(2026, 11, 20);
        await ledger.DoAsync(
            new LoadQuotes(
                today,
                [
                    new LoadedQuote("USD", QuotePair.OfOne(QuoteFigure.Parse("0.92"))),
                    new LoadedQuote("JPY", QuotePair.OfOne(QuoteFigure.Parse("0.0061")))]));
        await ledger.DoAsync(new LoadQuotes(today, [new LoadedQuote("USD", QuotePair.OfOne(QuoteFigure.Parse("0.9213")))]));
        await ledger.DoAsync(new LoadQuotes(today.AddDays(1), [new LoadedQuote("USD", QuotePair.OfOne(QuoteFigure.Parse("0.93")))]));
        var anna = await ledger.DoAsync(new RegisterCustomer(CountryCode.Parse("DE"), Details("Änna Müller", "Köln", "c-1", """{"tier":1,"note":"a b"}"""), Currency("EUR")));
        var kenji =
            await ledger.DoAsync(new RegisterCustomer(CountryCode.Parse("JP"), Details("田中 健二", "東京", null, null), Currency("JPY")));
        var gone = await ledger.DoAsync(new RegisterCustomer(CountryCode.Parse("FR"), Details("Zoé Faure", "Lyon", "c-3", null), null));
        await ledger.DoAsync(new ChangeCustomer(gone.Customer!.Id, null, [new DetailChange(PlaceOf(Tables.PersonalValues.City), "Nice")]));
        await ledger.DoAsync(
            new ChangeCustomer(
                anna.Customer!.Id, CountryCode.Parse("AT"), [new DetailChange(PlaceOf(Tables.PersonalValues.Name), "Anna Weiß")]));
        await ledger.DoAsync(new ChangeCustomer(anna.Customer.Id, null, [new DetailChange(PlaceOf(Tables.PersonalValues.Code), "c-1b")]));
        var (annas, kenjis) = (anna.Account!.Id, kenji.Account!.Id);
        var dollars = (await ledger.DoAsync(new OpenWallet(anna.Customer.Id, Currency("USD"), AccountCode.Parse("savings")))).Account!.Id;
        var idle = (await ledger.DoAsync(new OpenWallet(kenji.Customer!.Id, Currency("EUR"), null))).Account!.Id;
        var fees = (await ledger.DoAsync(new OpenInternalAccount(AccountCode.Parse("fees"), Currency("EUR"), -5_000))).Account!.Id;
        for (var round = 1; round <= 3; round++)
        {
            await ledger.DoAsync(new Deposit(annas, Amount($"{round}00.50"), null) { Description = Description.Parse("salary"), Metadata = Metadata.Parse("""{"n":1.50,"s":"é"}""") });
            await ledger.DoAsync(new Withdraw(annas, Amount("10"), Currency("EUR")));
            await ledger.DoAsync(
                new TransferMoney(annas, kenjis, Amount($"1{round}00"), Currency("JPY"))
                {
                    Description = Description.Parse("invoice \"81\" <&> ü")
                });
            await ledger.DoAsync(new TransferMoney(annas, dollars, Amount("12.34"), null));
            await ledger.DoAsync(new TransferMoney(annas, idle, Amount("1"), null));
            await ledger.DoAsync(
                new PostLegs(
                    [new Leg(annas, fees, Amount("0.25")), new Leg(idle, fees, Amount("0.05")), new Leg(fees, annas, Amount("0.10"))]));
        }

        await ledger.DoAsync(new FreezeAccount(annas, AccountStatus.DebitsFrozen));
        await ledger.DoAsync(new FreezeAccount(annas, AccountStatus.Frozen));
        await ledger.DoAsync(new UnfreezeAccount(annas));
        await ledger.DoAsync(new FreezeAccount(dollars, AccountStatus.Frozen));
        await ledger.DoAsync(new SetFloor(kenjis, Amount("100")));
        await ledger.DoAsync(new SetFloor(fees, null));
        await ledger.DoAsync(new Withdraw(idle, Amount("2.85"), null));
        await ledger.DoAsync(new CloseAccount(idle));
        await ledger.DoAsync(new EraseCustomer(gone.Customer.Id));
        await ReserveAsync(ledger, annas, kenjis, fees);
        await ledger.DoBatchAsync(new Deposit(annas, Amount("1"), null), new Withdraw(annas, Amount("1"), null));
        await ledger.DoBatchAsync(new Deposit(annas, Amount("1"), null));
        await ledger.DoAsync(new ChangeBook(30, ZoneName.Parse("Pacific/Kiritimati")));
        await ledger.DoAsync(new TransferMoney(annas, kenjis, Amount("1.00"), null));
        var changed = await ledger.DoAsync(new ChangeBook(null, ZoneName.Parse("Europe/Berlin")));
        // From here on all clocks are behind the book, which goes on at its last operation's instant.
        ledger.Clock.TurnBack(TimeSpan.FromDays(2));
        await ledger.DoAsync(new ChangeBook(null, null) { ClockStandsAt = changed.Answer.At });
        // The last group is of two operations: without its last one it is cut off.
        await ledger.DoAsync(new Withdraw(kenjis, Amount("100"), null));
    }

    static async Task ReserveAsync(TestLedger ledger, long annas, long kenjis, long fees)
    {
        async Task<long> DoAsync(Command command) => (await ledger.DoAsync(command)).Answer.Number;
        var room = await DoAsync(
            new PlaceHold(annas, Amount("10"), null) { To = fees, MaxAmount = Amount("12"), Description = Description.Parse("room 12") });
        var inn = await DoAsync(new PlaceHold(annas, Amount("1000"), Currency("JPY")) { To = kenjis, MaxAmount = Amount("1200") });
        var taxi = await DoAsync(new PlaceHold(annas, Amount("5"), null) { ToCash = true, Life = new HoldLife { IsForever = true } });
        var free = await DoAsync(new PlaceHold(annas, Amount("20"), null));
        await DoAsync(new IncreaseHold(room, Amount("2"), false, Amount("15")));
        await DoAsync(new ExtendHold(room, new HoldLife { Seconds = 1_209_600 }));
        await DoAsync(new CaptureHold(room) { Amount = Amount("4") });
        await DoAsync(new CaptureHold(room) { Amount = Amount("11") });
        await DoAsync(new CaptureHold(inn) { Amount = Amount("400") });
        await DoAsync(new CaptureHold(inn) { Amount = Amount("100") });
        await DoAsync(new CaptureHold(taxi) { Amount = Amount("1"), IsFinal = true });
        var legs = await DoAsync(
            new CaptureHold(free)
            {
                Legs = [new CaptureLeg(fees, Amount("3"), null), new CaptureLeg(kenjis, Amount("300"), Currency("JPY"))]
            });
        await DoAsync(new ReleaseHold(free, Amount("2")));
        // It has ended when the next command comes.
        await DoAsync(new PlaceHold(annas, Amount("1"), null) { Life = new HoldLife { Seconds = 1 } });
        await DoAsync(
            new ReverseOperation(legs)
            {
                Legs = [new ReverseLeg(0, Amount("1"), null), new ReverseLeg(1, Amount("100"), Currency("JPY"))]
            });
        await DoAsync(
            new ReverseOperation(legs) { Legs = [new ReverseLeg(1, Amount("0.50"), null)], Reason = Description.Parse("a complaint") });
        var deposit = await DoAsync(new Deposit(annas, Amount("7"), null) { Description = Description.Parse("salary") });
        await DoAsync(new ReverseOperation(deposit) { Amount = Amount("2") });
        var whole = await DoAsync(new ReverseOperation(deposit));
        await DoAsync(new ReverseOperation(whole) { Amount = Amount("1") });
    }
}

public sealed class SqliteHistory() : History(StoreEngine.Sqlite);

public sealed class PostgresHistory() : History(StoreEngine.Postgres);
