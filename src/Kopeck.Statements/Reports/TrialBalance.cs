using System.Runtime.CompilerServices;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reading;

namespace Kopeck.Statements.Reports;

/// <summary>
/// Every account with its opening balance, the turnover of a period and its closing balance, each in debit and credit, and the worth of
/// what it closes with. The balances of each currency sum to zero.
/// </summary>
sealed class TrialBalance(ILedgerStore store, PinnedBook book, StatementPeriod period, Action<long, long>? onProgress)
{
    const int PageLength = 200;
    const long SumRange = 100_000;

    readonly SortedDictionary<string, TrialBalanceTotal> totals = new(StringComparer.Ordinal);
    readonly Dictionary<string, QuoteTimeline> quotes = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Columns { get; } =
    [
        "account", "kind", "customer", "name", "code", "currency", "openingDebit", "openingCredit", "debits", "credits", "closingDebit",
        "closingCredit",
        "balance", "worth",
    ];

    public Report Draw() => new(ReadAsync, Totals)
    {
        Name = "trial-balance",
        Book = book.Book,
        BaseCurrency = book.BaseCurrency,
        Pin = book.Pin,
        Period = period,
        Zone = period.Zone,
        Columns = Columns,
    };

    async IAsyncEnumerable<IReadOnlyList<ReportCell[]>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PageKey? after = null;
        do
        {
            var page = (
                await store.ListAccountsAsync(
                    book.Book, new AccountFilter(), new PageRequest(after, IsAscending: true, PageLength), cancellationToken)).Value;
            long[] ids = [.. page.Items.Select(account => account.Id).Where(id => id <= book.Pin.Number)];
            var parties = await store.ReadPartiesAsync(book.Book, ids, book.Pin.Number, cancellationToken);
            var before = await SumAsync(ids, 0, period.From, cancellationToken);
            var within = await SumAsync(ids, period.From, period.To, cancellationToken);
            var rows = new List<ReportCell[]>(ids.Length);
            foreach (var party in parties.OrderBy(party => party.Account))
                rows.Add(
                    await RowAsync(
                        party, before.GetValueOrDefault(party.Account), within.GetValueOrDefault(party.Account), cancellationToken));
            yield return rows;
            after = ids.Length == page.Items.Count ? page.Next : null;
            onProgress?.Invoke(after is { } place ? place.First : book.Pin.Number, book.Pin.Number);
        }
        while (after is not null);
    }

    async ValueTask<ReportCell[]> RowAsync(Party account, EntrySums before, EntrySums within, CancellationToken cancellationToken)
    {
        var currency = account.Currency;
        var (opening, closing) = (before.Credits + before.Debits, before.Credits + before.Debits + within.Credits + within.Debits);
        var worth = await WorthAsync(closing, currency, cancellationToken);
        var row = new TrialBalanceRow(opening, within, closing, worth);
        if (!totals.TryGetValue(currency.Code, out var total))
            totals.Add(currency.Code, total = new TrialBalanceTotal(currency));
        total.Add(row);
        return
        [
            ReportCell.OfId(account.Account),
            ReportCell.OfKind(account.Kind),
            ReportCell.OfId(account.Customer),
            ReportCell.OfText(account.Name?.Value),
            ReportCell.OfText(account.Code?.Value ?? account.CustomerCode?.Value),
            ReportCell.OfText(currency.Code),
            .. row.Cells(currency, book.BaseCurrency),
        ];
    }

    List<ReportCell[]> Totals() => [.. totals.Values.Select(total => (ReportCell[])
        [default, default, default, default, default, ReportCell.OfText(total.Currency.Code), .. total.Cells(book.BaseCurrency)])];

    async ValueTask<Int128?> WorthAsync(Int128 balance, Currency currency, CancellationToken cancellationToken)
    {
        if (!quotes.TryGetValue(currency.Code, out var timeline))
            quotes.Add(currency.Code, timeline = new QuoteTimeline(store, book, currency.Code));
        var quote = await timeline.FindQuoteAsync(period.LastDay, book.Pin.Number + 1, cancellationToken);
        return quote is { } known ? Conversion.Worth((long)balance, currency, known.Pair, book.BaseCurrency) : null;
    }

    // Range by range, so that no read of the store lasts long.
    async Task<Dictionary<long, EntrySums>> SumAsync(long[] accounts, long after, long upTo, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<long, EntrySums>(accounts.Length);
        for (var from = after; from < upTo && accounts.Length > 0; from += SumRange)
        {
            foreach (var (account, sum)
                in await store.SumEntriesAsync(book.Book, accounts, from, Math.Min(from + SumRange, upTo), cancellationToken))
                sums[account] = sums.GetValueOrDefault(account).Plus(sum);
        }

        return sums;
    }
}
