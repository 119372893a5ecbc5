using System.Runtime.CompilerServices;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Reading;

namespace Kopeck.Statements.Reports;

/// <summary>Every account with the sums of its debits and credits up to a moment. The balances of each currency sum to zero.</summary>
sealed class TrialBalance(ILedgerStore store, PinnedBook book, Action<long, long>? onProgress)
{
    const int PageLength = 200;
    const long SumRange = 100_000;

    readonly SortedDictionary<string, (Currency Currency, EntrySums Sums)> totals = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Columns { get; } = ["account", "kind", "customer", "code", "currency", "debits", "credits", "balance"];

    public Report Draw() => new(ReadAsync, Totals) { Name = "trial-balance", Book = book.Book, BaseCurrency = book.BaseCurrency, Pin = book.Pin, Columns = Columns };

    async IAsyncEnumerable<IReadOnlyList<ReportCell[]>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PageKey? after = null;
        do
        {
            var page = (await store.ListAccountsAsync(book.Book, new AccountFilter(), new PageRequest(after, IsAscending: true, PageLength), cancellationToken)).Value;
            var accounts = page.Items.Where(account => account.Id <= book.Pin.Number).ToList();
            var sums = await SumAsync([.. accounts.Select(account => account.Id)], cancellationToken);
            yield return [.. accounts.Select(account => Row(account, sums.GetValueOrDefault(account.Id)))];
            after = accounts.Count == page.Items.Count ? page.Next : null;
            onProgress?.Invoke(after is { } place ? place.First : book.Pin.Number, book.Pin.Number);
        }
        while (after is not null);
    }

    ReportCell[] Row(Account account, EntrySums sums)
    {
        totals[account.Currency.Code] = (account.Currency, totals.GetValueOrDefault(account.Currency.Code).Sums.Plus(sums));
        return
        [
            ReportCell.OfId(account.Id),
            ReportCell.OfText(Enum.GetName(account.Kind)!.ToLowerInvariant()),
            ReportCell.OfId(account.Customer),
            ReportCell.OfText(account.Code?.Value),
            ReportCell.OfText(account.Currency.Code),
            .. Sums(sums, account.Currency),
        ];
    }

    List<ReportCell[]> Totals() => [.. totals.Values.Select(total => (ReportCell[])
        [default, default, default, default, ReportCell.OfText(total.Currency.Code), .. Sums(total.Sums, total.Currency)])];

    static ReportCell[] Sums(EntrySums sums, Currency currency) =>
        [ReportCell.OfMoney(-sums.Debits, currency), ReportCell.OfMoney(sums.Credits, currency), ReportCell.OfMoney(sums.Credits + sums.Debits, currency)];

    // Range by range, so that no read of the store lasts long.
    async Task<Dictionary<long, EntrySums>> SumAsync(long[] accounts, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<long, EntrySums>(accounts.Length);
        for (long from = 0; from < book.Pin.Number; from += SumRange)
        {
            foreach (var (account, sum) in await store.SumEntriesAsync(book.Book, accounts, from, Math.Min(from + SumRange, book.Pin.Number), cancellationToken))
                sums[account] = sums.GetValueOrDefault(account).Plus(sum);
        }

        return sums;
    }
}
