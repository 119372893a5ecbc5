using System.Globalization;
using System.Numerics;

namespace Kopeck.Statements.Laws.Tests.Naive;

/// <summary>The reports of a book computed from its exported journal: rows of texts in the columns of the report, first <c>row</c> or <c>total</c>.</summary>
static class NaiveReports
{
    public static List<string[]> TrialBalance(ExportedJournal journal, long pin)
    {
        var rows = new List<string[]>();
        var entries = journal.Operations.Where(operation => operation.Number <= pin).SelectMany(operation => operation.Entries).ToList();
        foreach (var account in journal.Accounts.Where(account => account.Id <= pin))
            rows.Add(["row", Number(account.Id), account.Kind, account.Customer is { } customer ? Number(customer) : "", account.Code ?? "", account.Currency, .. Sums(entries.Where(entry => entry.Account == account.Id), account.MinorUnits)]);
        foreach (var currency in journal.Accounts.Where(account => account.Id <= pin).GroupBy(account => account.Currency, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            rows.Add(["total", "", "", "", "", currency.Key, .. Sums(entries.Where(entry => entry.Currency == currency.Key), currency.First().MinorUnits)]);
        return rows;
    }

    public static List<string[]> Turnover(ExportedJournal journal, long? since, long? until, long pin)
    {
        var moved = journal.Operations.Where(operation => operation.Number <= pin && operation.Entries.Count > 0 && !(operation.Microseconds < since) && !(operation.Microseconds >= until)).ToList();
        var rows = new List<string[]>();
        foreach (var day in moved.GroupBy(operation => operation.Date, StringComparer.Ordinal))
            rows.AddRange(PerCurrency([.. day]).Select(row => (string[])["row", day.Key, .. row]));
        rows.AddRange(PerCurrency(moved).Select(row => (string[])["total", "", .. row]));
        return rows;
    }

    public static List<string[]> Exchange(ExportedJournal journal, string date, long pin)
    {
        var positions = journal.Accounts.Where(account => account.Kind == "exchange" && account.Id <= pin).OrderBy(account => account.Currency, StringComparer.Ordinal)
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
            var now = quote is { } used ? journal.Worth(held.Position, account.MinorUnits, used.Rate) : (BigInteger?)null;
            var gained = account.Currency == journal.BaseCurrency ? rounding : held.Realised;
            rows.Add(["row", account.Currency, ExportedJournal.Money(held.Position, account.MinorUnits), quote?.Rate ?? "", account.Currency == journal.BaseCurrency ? "" : quote?.Date ?? "", journal.Money(now), journal.Money(held.Cost), journal.Money(gained), journal.Money(now - held.Cost)]);
            (cost, realised, worth) = (cost + held.Cost, realised + gained, worth + now);
        }

        rows.Add(["total", journal.BaseCurrency, "", "", "", journal.Money(worth), journal.Money(cost), journal.Money(realised), journal.Money(worth - cost)]);
        return rows;
    }

    /// <summary>By average cost: a trade away from zero adds its value, one towards zero takes its share of the cost; one across zero is two trades.</summary>
    static (BigInteger Position, BigInteger Cost, BigInteger Realised, BigInteger Values) Follow(ExportedJournal journal, ExportedAccount account, long pin)
    {
        BigInteger position = 0, cost = 0, realised = 0, values = 0;
        foreach (var operation in journal.Operations.Where(operation => operation.Number <= pin && operation.Exchange is not null))
        {
            foreach (var entry in operation.Entries.Where(entry => entry.Account == account.Id))
            {
                var exchange = operation.Exchange!.Value;
                var side = exchange.GetProperty("from").GetString() == account.Currency ? "fromQuote" : "toQuote";
                var value = journal.Worth(entry.Amount, account.MinorUnits, ExportedJournal.Text(exchange.GetProperty(side).GetProperty("rate")));
                values += value;
                var closing = position.Sign * entry.Amount.Sign >= 0 ? 0 : BigInteger.Abs(entry.Amount) <= BigInteger.Abs(position) ? entry.Amount : -position;
                var share = closing == 0 ? 0 : ExportedJournal.HalfEven(cost * closing, position);
                var closingValue = closing == entry.Amount ? value : ExportedJournal.HalfEven(value * closing, entry.Amount);
                (position, cost, realised) = (position + entry.Amount, cost + share + (value - closingValue), realised + share - closingValue);
            }
        }

        return (position, cost, realised, values);
    }

    static IEnumerable<string[]> PerCurrency(IReadOnlyList<ExportedOperation> operations)
    {
        foreach (var currency in operations.SelectMany(operation => operation.Entries).GroupBy(entry => entry.Currency, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var decimals = currency.First().MinorUnits;
            var those = operations.Where(operation => operation.Entries.Any(entry => entry.Currency == currency.Key)).ToList();
            BigInteger Credits(Func<ExportedOperation, bool> chosen) => Sum(those.Where(chosen).SelectMany(operation => operation.Entries).Where(entry => entry.Currency == currency.Key && entry.Amount > 0));
            var bought = Credits(operation => operation.Exchange is not null && operation.Entries[0].Currency == currency.Key);
            var sold = Credits(operation => operation.Exchange is not null && operation.Entries[3].Currency == currency.Key);
            BigInteger[] sums = [Credits(operation => operation.Kind == "deposit"), Credits(operation => operation.Kind == "withdrawal"), Credits(operation => operation.Kind == "transfer" && operation.Exchange is null), bought, sold, Credits(operation => operation.Kind == "posting")];
            yield return [currency.Key, Number(those.Count), .. sums.Append(sums.Aggregate(BigInteger.Add)).Select(sum => ExportedJournal.Money(sum, decimals))];
        }
    }

    static string[] Sums(IEnumerable<ExportedEntry> entries, int minorUnits)
    {
        var all = entries.ToList();
        var (debits, credits) = (Sum(all.Where(entry => entry.Amount < 0)), Sum(all.Where(entry => entry.Amount > 0)));
        return [ExportedJournal.Money(-debits, minorUnits), ExportedJournal.Money(credits, minorUnits), ExportedJournal.Money(credits + debits, minorUnits)];
    }

    static BigInteger Sum(IEnumerable<ExportedEntry> entries) => entries.Aggregate(BigInteger.Zero, (sum, entry) => sum + entry.Amount);

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
