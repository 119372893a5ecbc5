using System.Runtime.CompilerServices;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Statements.Reading;

namespace Kopeck.Statements.Reports;

/// <summary>
/// What conversions left with the house in each currency, what it cost (average cost, at the quotes that the conversions used), what it is
/// worth at a date's quotes, and the gain: realised by what was sold, unrealised in what is left. What rounding in the house's favour
/// brought is realised too, in the base currency's row; so the worth of everything is the whole gain.
/// </summary>
sealed class ExchangePositions(ILedgerStore store, PinnedBook book, DateOnly date, DayZone zone, Action<long, long>? onProgress)
{
    const int PageLength = 2_000;
    const int MaxCurrencies = 1_000;

    readonly OriginalRates originals = new(store, book.Book);

    Int128 cost;
    Int128? worth = 0;
    Int128 realised;
    Int128? unrealised = 0;

    public static IReadOnlyList<string> Columns { get; } =
        ["currency", "position", "rate", "quoteDate", "worth", "cost", "realised", "unrealised"];

    public Report Draw() =>
        new(ReadAsync, Totals)
        {
            Name = "exchange",
            Book = book.Book,
            BaseCurrency = book.BaseCurrency,
            Pin = book.Pin,
            Date = date,
            Zone = zone,
            Columns = Columns
        };

    async IAsyncEnumerable<IReadOnlyList<ReportCell[]>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = (
            await store.ListAccountsAsync(
                book.Book, new AccountFilter(Kind: AccountKind.Exchange), new PageRequest(null, IsAscending: true, MaxCurrencies),
                cancellationToken)).Value;
        var accounts = page.Items.Where(account => account.Id <= book.Pin.Number).ToList();
        var rows = new List<(Currency Currency, AverageCost Held)>();
        Int128 values = 0;
        foreach (var account in accounts)
        {
            var before = rows.Count * book.Pin.Number;
            var held = await FollowAsync(
                account, number => onProgress?.Invoke(before + number, accounts.Count * book.Pin.Number), cancellationToken);
            rows.Add((account.Currency, held));
            values += held.Cost - held.Realised;
        }

        // The values of all trades would cancel out, were it not for the rounding. It has its row also where no conversion touched the base
        // currency.
        if (values != 0 && rows.TrueForAll(row => row.Currency != book.BaseCurrency))
            rows.Add((book.BaseCurrency, default));
        var result = new List<ReportCell[]>();
        foreach (var (currency, held) in rows.OrderBy(row => row.Currency.Code, StringComparer.Ordinal))
            result.Add(Row(currency, held, await FindQuoteAsync(currency.Code, cancellationToken), values));
        yield return result;
    }

    ReportCell[] Row(Currency currency, AverageCost held, UsedQuote? quote, Int128 rounding)
    {
        var isBase = currency.Code == book.BaseCurrency.Code;
        var gained = isBase ? rounding : held.Realised;
        var now = quote is { } used ? Conversion.Worth((long)held.Position, currency, used.Pair, book.BaseCurrency) : null;
        cost += held.Cost;
        worth += now;
        realised += gained;
        unrealised += now - held.Cost;
        return
        [
            ReportCell.OfText(currency.Code),
            ReportCell.OfMoney(held.Position, currency),
            ReportCell.OfDigits(quote?.Pair.Rate),
            ReportCell.OfDate(isBase ? null : quote?.Date),
            ReportCell.OfMoney(now, book.BaseCurrency),
            ReportCell.OfMoney(held.Cost, book.BaseCurrency),
            ReportCell.OfMoney(gained, book.BaseCurrency),
            ReportCell.OfMoney(now - held.Cost, book.BaseCurrency),
        ];
    }

    List<ReportCell[]> Totals() =>
    [
        [
            ReportCell.OfText(book.BaseCurrency.Code),
            default,
            default,
            default,
            ReportCell.OfMoney(worth, book.BaseCurrency),
            ReportCell.OfMoney(cost, book.BaseCurrency),
            ReportCell.OfMoney(realised, book.BaseCurrency),
            ReportCell.OfMoney(unrealised, book.BaseCurrency),
        ],
    ];

    async Task<AverageCost> FollowAsync(Account account, Action<long> onRead, CancellationToken cancellationToken)
    {
        var held = default(AverageCost);
        var after = default(EntryKey);
        while (true)
        {
            var entries = await store.ReadEntriesAsync(book.Book, account.Id, after, book.Pin.Number, PageLength, cancellationToken);
            foreach (var entry in entries)
            {
                var exchange = entry.Exchange ?? await originals.FindAsync(entry, cancellationToken);
                var quote = exchange.From == account.Currency.Code ? exchange.FromQuote : exchange.ToQuote;
                held.Trade(entry.Amount, Conversion.Worth(entry.Amount, account.Currency, quote.Pair, book.BaseCurrency)
                    ?? throw new FormatException($"What operation {entry.Number} moves is worth more than can be told"));
            }

            onRead(entries.Count < PageLength ? book.Pin.Number : entries[^1].Number);
            if (entries.Count < PageLength)
                return held;
            after = entries[^1].Key;
        }
    }

    async Task<UsedQuote?> FindQuoteAsync(string currency, CancellationToken cancellationToken) =>
        await new QuoteTimeline(store, book, currency).FindQuoteAsync(date, book.Pin.Number + 1, cancellationToken);
}
