using System.Globalization;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reversals;
using Kopeck.Testing.Stores.Authoring;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Statements.Laws.Tests;

/// <summary>
/// A random history: currencies of 0, 2 and 3 decimals, conversions, quotes that change within a day and expire, customers who are renamed
/// and erased, overdrafts, wallets that are emptied and closed, holds, captures and reversals, texts that spreadsheets and markup trip
/// over.
/// </summary>
sealed class RandomBook(BookAuthor author, Random random)
{
    static readonly string[] Currencies = ["EUR", "USD", "JPY", "KWD"];
    static readonly string[] Names = ["Änna Müller", "Иван Петров", "Ἀλέξανδρος", "田中 健二", "O'Neill \"Bob\" <&>", "=cmd", "Zoé, Ltd."];
    static readonly string[] Descriptions =
        ["salary", "=SUM(A1:A9)", "+49 30", "-x", "@me", "обед, «март» \"x\"", "<b>&amp;]]>", "счёт; 81"];

    public void Write(int batches)
    {
        author.Open(Pick(Currencies), random.Next(1, 8));
        for (var batch = 0; batch < batches; batch++)
        {
            if (random.Next(5) == 0)
                author.At = new(author.At.Microseconds + random.NextInt64(4 * 86_400_000_000L));
            author.WriteAccepted(Enumerable.Range(0, random.Next(1, 12)).Select(_ => (Func<Command>)Next));
        }
    }

    Command Next() => random.Next(130) switch
    {
        < 24 => new Deposit(Account(), Sum(), null) { Description = About() },
        < 26 => new SetFloor(Account(), random.Next(4) == 0 ? null : SignedAmount($"-{Number(20_000)}")),
        < 36 => new Withdraw(Account(), Sum(), null) { Description = About() },
        < 64 => new TransferMoney(Account(), Account(), Sum(), null) { Description = About() },
        < 72 => Posting(),
        < 75 =>
            new RegisterCustomer(
                CountryCode.Parse(Pick("PT", "JP", "DE")), Details(Name(), "Lisboa", random.Next(2) == 0 ? null : $"c{Number(60)}"),
                random.Next(4) == 0 ? null : Currency(Pick(Currencies))),
        < 79 =>
            new ChangeCustomer(
                Customer(), null,
                [
                    Change(Tables.PersonalValues.Name, Name()),
                    Change(Tables.PersonalValues.Code, random.Next(2) == 0 ? null : $"c{Number(60)}")]),
        < 80 => new EraseCustomer(Customer()),
        < 82 => new OpenWallet(Customer(), Currency(Pick(Currencies)), random.Next(2) == 0 ? null : AccountCode.Parse($"a{Number(60)}")),
        < 83 => new OpenInternalAccount(AccountCode.Parse($"a{Number(60)}"), Currency(Pick(Currencies)), null),
        < 85 => Empty(),
        < 86 => new CloseAccount(Account()),
        >= 100 and < 108 => Hold(),
        >= 108 and < 117 => Capture(),
        >= 117 and < 118 => new ReleaseHold(OpenHold(), random.Next(2) == 0 ? null : Sum()),
        >= 118 and < 119 => new IncreaseHold(OpenHold(), Sum(), IsTotal: random.Next(2) == 0, null),
        >= 119 => Reverse(),
        _ =>
            new LoadQuotes(
                author.At.Date.AddDays(random.Next(-2, 3)),
                [
                    new LoadedQuote(
                        Pick(Currencies),
                        QuotePair.OfOne(
                            QuoteFigure.Parse(
                                $"{Number(200)}.{random.Next(1, 1_000_000).ToString("000000", CultureInfo.InvariantCulture)}")))]),
    };

    PostLegs Posting()
    {
        var from = Account();
        var same = author.State.Accounts.Where(
            account => !account.IsSystem && account.Currency == author.State.Accounts.FirstOrDefault(one => one.Id == from)?.Currency)
            .Select(account => account.Id).ToList();
        return new PostLegs(
            [
                .. Enumerable.Range(0, random.Next(1, 5))
                    .Select(_ => new Leg(from, same.Count == 0 ? from : same[random.Next(same.Count)], Sum()))])
        { Description = About() };
    }

    PlaceHold Hold() => new(Account(), Sum(), null)
    {
        To = random.Next(2) == 0 ? null : Account(),
        Life = new() { Seconds = random.Next(1, 20 * 86_400) },
        Description = About(),
    };

    CaptureHold Capture()
    {
        var hold = OpenHold();
        var isFree = author.State.FindHold(hold) is { IsReceiverFixed: false };
        var capture = new CaptureHold(hold) { IsFinal = random.Next(5) == 0, Description = About() };
        return random.Next(4) switch
        {
            0 => capture with { Legs = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new CaptureLeg(Account(), Sum(), null))] },
            1 => capture with { To = isFree ? Account() : null },
            2 => capture with { Amount = Sum(), ToCash = isFree },
            _ => capture with { Amount = Sum(), To = isFree ? Account() : null },
        };
    }

    ReverseOperation Reverse()
    {
        // Of the captures, reversals and conversions more than of all others, which would hide them.
        var moves = author.Batches.SelectMany(batch => batch.Operations).Where(operation => operation.Entries.Length > 0).ToList();
        var rare = moves.FindAll(operation =>
            operation.Kind is OperationKind.Capture or OperationKind.Reversal || operation.Entries.Length == 4);
        if (rare.Count > 0 && random.Next(3) > 0)
            moves = rare;
        if (moves.Count == 0)
            return new ReverseOperation(0);
        var original = moves[random.Next(moves.Count)];
        var leg = random.Next(original.Entries.Length / 2);
        var entry = original.Entries[random.Next(original.Entries.Length)];
        var part = Math.Max(1, Math.Abs(entry.Amount) / random.Next(1, 4));
        var reverse = new ReverseOperation(original.Number)
        {
            Difference = Pick(Enum.GetValues<Difference>()),
            IsPartial = random.Next(3) == 0,
            Description = About(),
        };
        return random.Next(4) switch
        {
            0 => reverse,
            1 => reverse with { Amount = Sum(), Currency = entry.Currency },
            2 => reverse with { Legs = [new ReverseLeg(leg, Sum(), entry.Currency)] },
            _ => reverse with { Amount = Amount(MoneyText.Format(part, entry.Currency)), Currency = entry.Currency },
        };
    }

    long OpenHold() => PickOrNone(author.State.Holds.Where(hold => hold.IsOpen).Select(hold => hold.Id));

    Withdraw Empty() =>
        author.State.Accounts.FirstOrDefault(account => !account.IsSystem && account.Posted > 0 && random.Next(4) == 0) is { } full
        ? new Withdraw(full.Id, Amount(Ledger.Money.MoneyText.Format(full.Posted, full.Currency)), null)
        : new Withdraw(0, Sum(), null);

    Ledger.Money.DecimalAmount Sum() => Amount(random.Next(6) switch
    {
        0 => $"{Number(900)}.{random.Next(10, 100).ToString(CultureInfo.InvariantCulture)}",
        1 => $"{Number(90)}.{random.Next(100, 1_000).ToString(CultureInfo.InvariantCulture)}",
        2 => $"0.0{Number(10)}",
        _ => Number(5_000),
    });

    Description? About() => random.Next(3) == 0 ? null : Description.Parse(Pick(Descriptions));

    string Name() => $"{Pick(Names)} {Number(30)}";

    long Account() => PickOrNone(author.State.Accounts.Where(account => !account.IsSystem).Select(account => account.Id));

    long Customer() => PickOrNone(author.State.Customers.Select(customer => customer.Id));

    // The oldest have longer histories.
    long PickOrNone(IEnumerable<long> ids) =>
        ids.Order().ToList() is { Count: > 0 } all ? all[random.Next(random.Next(3) == 0 ? all.Count : (all.Count + 5) / 6)] : 0;

    T Pick<T>(params T[] among) => among[random.Next(among.Length)];

    string Number(int below) => random.Next(1, below).ToString(CultureInfo.InvariantCulture);
}
