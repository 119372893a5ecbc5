using System.Globalization;
using System.Numerics;

namespace Kopeck.Statements.Laws.Tests.Naive;

/// <summary>
/// The reports of a book computed from its exported journal: rows of texts in the columns of the report, first <c>row</c> or <c>total</c>.
/// </summary>
static class NaiveReports
{
    public static List<string[]> TrialBalance(ExportedJournal journal, long? since, long? until, long pin)
    {
        var rows = new List<string[]>();
        var accounts = journal.Accounts.Where(account => account.Id <= pin).ToList();
        var totals = new SortedDictionary<string, (int MinorUnits, BigInteger[] Sums, BigInteger? Worth)>(StringComparer.Ordinal);
        var day = LastDay(journal, since, until, pin);
        foreach (var account in accounts)
        {
            var operations = journal.Operations.Where(operation => operation.Number <= pin && !(operation.Microseconds >= until)).ToList();
            BigInteger Of(Func<ExportedOperation, bool> chosen, Func<BigInteger, bool> side) =>
                Sum(
                    operations.Where(chosen).SelectMany(operation => operation.Entries)
                        .Where(entry => entry.Account == account.Id && side(entry.Amount)));
            var opening = Of(operation => operation.Microseconds < since, _ => true);
            var (debits, credits) = (
                -Of(operation => !(operation.Microseconds < since), amount => amount < 0),
                Of(operation => !(operation.Microseconds < since), amount => amount > 0));
            var closing = opening + credits - debits;
            var worth =
                journal.Quote(account.Currency, day, pin + 1) is { } quote
                    ? journal.Worth(closing, account.MinorUnits, quote.Units, quote.Base)
                    : (BigInteger?)null;
            BigInteger[] sums =
            [
                BigInteger.Max(0, -opening), BigInteger.Max(0, opening), debits, credits, BigInteger.Max(0, -closing),
                BigInteger.Max(0, closing), closing
            ];
            var customer = account.Customer ?? -1;
            rows.Add(
            [
                "row", Number(account.Id), account.Kind, account.Customer is { } owner ? Number(owner) : "",
                journal.Personal(customer, "name", pin) ?? "",
                account.Code ?? journal.Personal(customer, "code", pin) ?? "", account.Currency,
                .. sums.Select(sum => ExportedJournal.Money(sum, account.MinorUnits)), journal.Money(worth),
            ]);
            var before = totals.TryGetValue(account.Currency, out var known) ? known : (account.MinorUnits, new BigInteger[7], 0);
            totals[account.Currency] =
                (account.MinorUnits, [.. before.Sums.Zip(sums).Select(pair => pair.First + pair.Second)], before.Worth + worth);
        }

        foreach (var (currency, total) in totals)
            rows.Add(
                [
                    "total", "", "", "", "", "", currency, .. total.Sums.Select(sum => ExportedJournal.Money(sum, total.MinorUnits)),
                    journal.Money(total.Worth)]);
        return rows;
    }

    /// <summary>The day of the last instant that belongs to a period.</summary>
    static string LastDay(ExportedJournal journal, long? since, long? until, long pin)
    {
        var drawn = journal.Operations[(int)pin - 1].Microseconds;
        var stop = until <= drawn ? until.Value : drawn;
        var start = since ?? Math.Min(stop, journal.Operations[0].Microseconds);
        var end = Math.Max(start, stop);
        var last = until is null || end < until || end <= start ? end : end - 1;
        return DateTime.UnixEpoch.AddTicks(last * 10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public static List<string[]> Turnover(ExportedJournal journal, long? since, long? until, long pin)
    {
        var moved = journal.Operations.Where(
            operation =>
                operation.Number <= pin
                    && operation.Entries.Count > 0
                    && !(operation.Microseconds < since)
                    && !(operation.Microseconds >= until))
            .ToList();
        var rows = new List<string[]>();
        foreach (var day in moved.GroupBy(operation => operation.Date, StringComparer.Ordinal))
            rows.AddRange(PerCurrency([.. day]).Select(row => (string[])["row", day.Key, .. row]));
        rows.AddRange(PerCurrency(moved).Select(row => (string[])["total", "", .. row]));
        return rows;
    }

    public static List<string[]> Exchange(ExportedJournal journal, string date, long pin)
    {
        var positions = journal.Accounts.Where(account => account.Kind == "exchange" && account.Id <= pin)
            .OrderBy(account => account.Currency, StringComparer.Ordinal)
            .Select(account => (Account: account, Held: Follow(journal, account, pin))).ToList();
        var rounding = positions.Aggregate(BigInteger.Zero, (sum, position) => sum + position.Held.Values);
        if (rounding != 0 && positions.TrueForAll(position => position.Account.Currency != journal.BaseCurrency))
            positions.Add((new ExportedAccount(0, "exchange", null, journal.BaseCurrency, journal.BaseMinorUnits, null), default));
        positions = [.. positions.OrderBy(position => position.Account.Currency, StringComparer.Ordinal)];
        var rows = new List<string[]>();
        BigInteger cost = 0, realised = 0;
        BigInteger? worth = 0;
        foreach (var (account, held) in positions)
        {
            var quote = journal.Quote(account.Currency, date, pin + 1);
            var now = quote is { } used ? journal.Worth(held.Position, account.MinorUnits, used.Units, used.Base) : (BigInteger?)null;
            var gained = account.Currency == journal.BaseCurrency ? rounding : held.Realised;
            rows.Add(
                [
                    "row", account.Currency, ExportedJournal.Money(held.Position, account.MinorUnits),
                    quote is { } told ? ExportedJournal.Rate(told.Units, told.Base) : "",
                    account.Currency == journal.BaseCurrency ? "" : quote?.Date ?? "", journal.Money(now), journal.Money(held.Cost),
                    journal.Money(gained), journal.Money(now - held.Cost)]);
            (cost, realised, worth) = (cost + held.Cost, realised + gained, worth + now);
        }

        rows.Add(
            [
                "total", journal.BaseCurrency, "", "", "", journal.Money(worth), journal.Money(cost), journal.Money(realised),
                journal.Money(worth - cost)]);
        return rows;
    }

    /// <summary>
    /// By average cost: a trade away from zero adds its value, one towards zero takes its share of the cost; one across zero is two trades.
    /// </summary>
    static (
        BigInteger Position, BigInteger Cost, BigInteger Realised,
        BigInteger Values) Follow(ExportedJournal journal, ExportedAccount account, long pin)
    {
        BigInteger position = 0, cost = 0, realised = 0, values = 0;
        foreach (var operation in journal.Operations.Where(operation => operation.Number <= pin))
        {
            foreach (var (place, entry) in operation.Entries.Index().Where(entry => entry.Item.Account == account.Id))
            {
                var exchange = journal.RateOf(operation, operation.LegAt(place));
                var side = exchange.GetProperty("from").GetString() == account.Currency ? "fromQuote" : "toQuote";
                var quote = exchange.GetProperty(side);
                var value = journal.Worth(
                    entry.Amount, account.MinorUnits, ExportedJournal.Text(quote.GetProperty("units")),
                    ExportedJournal.Text(quote.GetProperty("base")));
                values += value;
                var closing =
                    position.Sign * entry.Amount.Sign >= 0
                        ? 0
                        : BigInteger.Abs(entry.Amount) <= BigInteger.Abs(position)
                        ? entry.Amount
                        : -position;
                var share = closing == 0 ? 0 : ExportedJournal.HalfEven(cost * closing, position);
                var closingValue = closing == entry.Amount ? value : ExportedJournal.HalfEven(value * closing, entry.Amount);
                (position, cost, realised) =
                    (position + entry.Amount, cost + share + (value - closingValue), realised + share - closingValue);
            }
        }

        return (position, cost, realised, values);
    }

    static IEnumerable<string[]> PerCurrency(IReadOnlyList<ExportedOperation> operations)
    {
        foreach (var currency
            in operations.SelectMany(operation => operation.Entries).GroupBy(entry => entry.Currency, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var decimals = currency.First().MinorUnits;
            var those = operations.Where(operation => operation.Entries.Any(entry => entry.Currency == currency.Key)).ToList();
            BigInteger Credits(Func<ExportedOperation, bool> chosen) =>
                Sum(
                    those.Where(chosen).SelectMany(operation => operation.Entries)
                        .Where(entry => entry.Currency == currency.Key && entry.Amount > 0));
            // The house's side of a conversion is the wallet's, the other way round: what it bought was debited, what it sold was credited.
            IEnumerable<ExportedEntry> EndsOf(ExportedOperation operation, ExportedLeg leg, bool isDebit) =>
                new[] { operation.Entries[leg.First], operation.Entries[leg.First + leg.Count - 1] }.Where(entry =>
                    entry.Currency == currency.Key && entry.Account == (isDebit ? leg.From : leg.To) && entry.Amount < 0 == isDebit);
            BigInteger Moved(bool isDebit, Func<ExportedOperation, ExportedLeg, bool> chosen) => Sum(those.SelectMany(operation =>
                operation.Legs.Where(leg => chosen(operation, leg)).SelectMany(leg => EndsOf(operation, leg, isDebit))));
            var bought = -Moved(isDebit: true, (_, leg) => leg.IsConverted);
            var sold = Moved(isDebit: false, (_, leg) => leg.IsConverted);
            var captured = Moved(isDebit: false, (operation, leg) => operation.Kind == "capture" && !leg.IsConverted);
            var reversed = Moved(isDebit: false, (operation, leg) => operation.Kind == "reversal" && !leg.IsConverted);
            var transferred = Credits(operation => operation.Kind == "transfer" && !operation.Legs[0].IsConverted);
            BigInteger[] sums =
            [
                Credits(operation => operation.Kind == "deposit"), Credits(operation => operation.Kind == "withdrawal"), transferred,
                captured,
                bought, sold, Credits(operation => operation.Kind == "posting"), reversed,
            ];
            yield return
            [
                currency.Key, Number(those.Count),
                .. sums.Append(sums.Aggregate(BigInteger.Add)).Select(sum => ExportedJournal.Money(sum, decimals))
            ];
        }
    }

    static BigInteger Sum(IEnumerable<ExportedEntry> entries) => entries.Aggregate(BigInteger.Zero, (sum, entry) => sum + entry.Amount);

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
