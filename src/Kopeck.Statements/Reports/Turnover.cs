using System.Runtime.CompilerServices;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reading;

namespace Kopeck.Statements.Reports;

/// <summary>
/// What moved on each day of the zone in each currency: what came in, went out, moved between wallets, and passed through the house's
/// exchange position.
/// </summary>
sealed class Turnover(ILedgerStore store, PinnedBook book, StatementPeriod period, Action<long, long>? onProgress)
{
    const int PageLength = 500;

    readonly SortedDictionary<string, Moved> totals = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Columns { get; } =
    [
        "date", "currency", "operations", "deposits", "withdrawals", "transfers", "captures", "exchangedIn", "exchangedOut", "postings",
        "reversals", "turnover",
    ];

    public Report Draw() =>
        new(ReadAsync, () => Rows(null, totals))
        {
            Name = "turnover",
            Book = book.Book,
            BaseCurrency = book.BaseCurrency,
            Pin = book.Pin,
            Period = period,
            Zone = period.Zone,
            Columns = Columns
        };

    async IAsyncEnumerable<IReadOnlyList<ReportCell[]>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var day = new SortedDictionary<string, Moved>(StringComparer.Ordinal);
        DateOnly? date = null;
        var after = period.From;
        while (after < period.To)
        {
            var page = await store.ReadJournalAsync(
                book.Book, after, (int)Math.Min(PageLength, period.To - after), cancellationToken);
            var rows = new List<ReportCell[]>();
            foreach (var operation in page.Where(operation => operation.Number <= period.To && operation.Entries.Length > 0))
            {
                var today = period.Zone.DayOf(operation.At);
                if (date != today)
                {
                    rows.AddRange(Rows(date, day));
                    day.Clear();
                    date = today;
                }

                Add(day, operation);
                Add(totals, operation);
            }

            after = page.Count == 0 ? period.To : page[^1].Number;
            onProgress?.Invoke(Math.Min(after, period.To) - period.From, period.To - period.From);
            yield return rows;
        }

        yield return Rows(date, day);
    }

    static List<ReportCell[]> Rows(DateOnly? date, SortedDictionary<string, Moved> moved) => [.. moved.Values.Select(of => (ReportCell[])
    [
        ReportCell.OfDate(date),
        ReportCell.OfText(of.Currency.Code),
        ReportCell.OfCount(of.Operations),
        ReportCell.OfMoney(of.Deposits, of.Currency),
        ReportCell.OfMoney(of.Withdrawals, of.Currency),
        ReportCell.OfMoney(of.Transfers, of.Currency),
        ReportCell.OfMoney(of.Captures, of.Currency),
        ReportCell.OfMoney(of.ExchangedIn, of.Currency),
        ReportCell.OfMoney(of.ExchangedOut, of.Currency),
        ReportCell.OfMoney(of.Postings, of.Currency),
        ReportCell.OfMoney(of.Reversals, of.Currency),
        ReportCell.OfMoney(of.Sum, of.Currency),
    ])];

    static void Add(SortedDictionary<string, Moved> all, Operation operation)
    {
        foreach (var currency in operation.Entries.Select(entry => entry.Currency).Distinct())
        {
            if (!all.TryGetValue(currency.Code, out var moved))
                all.Add(currency.Code, moved = new Moved(currency));
            moved.Operations++;
        }

        switch (operation.Body)
        {
            case MoneyMoved { Exchange: not null }:
                // The sender's money goes to the house, and the house's to the receiver.
                all[operation.Entries[0].Currency.Code].ExchangedIn -= operation.Entries[0].Amount;
                all[operation.Entries[^1].Currency.Code].ExchangedOut += operation.Entries[^1].Amount;
                break;
            case Captured captured:
                foreach (var leg in captured.Legs)
                    Add(all, (captured.Change.Currency, leg.TakenMinor), (leg.Currency, leg.GivenMinor), AddCapture);
                break;
            case Reversed reversed:
                foreach (var leg in reversed.Legs)
                    Add(all, (leg.FromCurrency, leg.Taken), (leg.ToCurrency, leg.Given), AddReversal);
                break;
            default:
                foreach (var entry in operation.Entries.Where(entry => entry.Amount > 0))
                    Add(all[entry.Currency.Code], operation.Kind, entry.Amount);
                break;
        }
    }

    static void AddCapture(Moved moved, long amount) => moved.Captures += amount;

    static void AddReversal(Moved moved, long amount) => moved.Reversals += amount;

    /// <summary>A leg between two currencies passes through the house as any conversion does. A side of nothing has no entry.</summary>
    static void Add(
        SortedDictionary<string, Moved> all, (Currency Currency, long Minor) paid, (Currency Currency, long Minor) received,
        Action<Moved, long> plain)
    {
        if (paid.Currency == received.Currency)
        {
            plain(all[paid.Currency.Code], paid.Minor);
            return;
        }

        if (paid.Minor > 0)
            all[paid.Currency.Code].ExchangedIn += paid.Minor;
        if (received.Minor > 0)
            all[received.Currency.Code].ExchangedOut += received.Minor;
    }

    static void Add(Moved moved, OperationKind kind, long amount)
    {
        switch (kind)
        {
            case OperationKind.Deposit:
                moved.Deposits += amount;
                break;
            case OperationKind.Withdrawal:
                moved.Withdrawals += amount;
                break;
            case OperationKind.Transfer:
                moved.Transfers += amount;
                break;
            default:
                moved.Postings += amount;
                break;
        }
    }

    sealed class Moved(Currency currency)
    {
        public Currency Currency => currency;

        public long Operations { get; set; }

        public Int128 Deposits { get; set; }

        public Int128 Withdrawals { get; set; }

        public Int128 Transfers { get; set; }

        public Int128 Captures { get; set; }

        public Int128 ExchangedIn { get; set; }

        public Int128 ExchangedOut { get; set; }

        public Int128 Postings { get; set; }

        public Int128 Reversals { get; set; }

        public Int128 Sum => Deposits + Withdrawals + Transfers + Captures + ExchangedIn + ExchangedOut + Postings + Reversals;
    }
}
