using System.Runtime.CompilerServices;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.State;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Reading;

/// <summary>
/// Reads an account's lines in short pages by key: no read of the store outlives a page, and while one page is written the next is read.
/// </summary>
sealed class LineReader(ILedgerReader reader, PinnedBook book, StatementPeriod period, PartyBook parties, Action<int>? onPage)
{
    /// <summary>Long enough that a round trip counts little, short enough that it is over soon.</summary>
    const int PageLength = 500;

    // Whoever goes away at once has cost no more than this, and the first byte leaves sooner.
    const int FirstPageLength = 100;

    readonly OriginalRates originals = new(reader, book.Book);

    public async IAsyncEnumerable<IReadOnlyList<StatementLine>> ReadAsync(
        StatementSection section, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var account = section.Account.Account;
        var quotes = new QuoteTimeline(reader, book, section.Currency.Code);
        var balance = section.Opening;
        var length = FirstPageLength;
        var next = FetchAsync(account, new EntryKey(period.From, short.MaxValue), length, cancellationToken);
        try
        {
            while (true)
            {
                var entries = await next;
                var isLast = entries.Count < length;
                length = PageLength;
                if (!isLast)
                    next = FetchAsync(account, entries[^1].Key, length, cancellationToken);
                if (entries.Count > 0)
                {
                    foreach (var entry in entries)
                    {
                        balance += entry.Amount;
                        if (balance != entry.Balance)
                            throw new LedgerLawException(
                                $"Operation {entry.Number} leaves account {account} at {entry.Balance}, not at {balance}");
                    }

                    yield return await LinesAsync(entries, quotes, section, cancellationToken);
                    onPage?.Invoke(entries.Count);
                }

                if (isLast)
                    break;
            }
        }
        finally
        {
            // A reader that stops early leaves nothing behind that nobody looks at.
            _ = next.ContinueWith(
                static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        if (balance != section.Closing)
            throw new LedgerLawException($"Account {account} ends at {balance}, not at {section.Closing}");
        section.IsRead = true;
    }

    Task<IReadOnlyList<AccountEntry>> FetchAsync(long account, EntryKey after, int length, CancellationToken cancellationToken) =>
        reader.ReadEntriesAsync(book.Book, account, after, period.To, length, cancellationToken).AsTask();

    async Task<List<StatementLine>> LinesAsync(
        IReadOnlyList<AccountEntry> entries, QuoteTimeline quotes, StatementSection section, CancellationToken cancellationToken)
    {
        var others = new HashSet<long>();
        foreach (var entry in entries)
            others.Add(Other(entry));
        await parties.LookUpAsync(others, cancellationToken);
        var lines = new List<StatementLine>(entries.Count);
        foreach (var entry in entries)
        {
            var quote = await quotes.FindQuoteAsync(entry.At, entry.Number, cancellationToken);
            var worth = quote is { } known ? Conversion.Worth(entry.Amount, section.Currency, known.Pair, book.BaseCurrency) : null;
            section.Running.Add(entry.Amount, worth);
            lines.Add(Line(entry, worth, await OriginalAsync(entry, cancellationToken)));
        }

        return lines;
    }

    StatementLine Line(AccountEntry entry, Int128? worth, OriginalAmount? original)
    {
        var party = parties[Other(entry)];
        return new StatementLine
        {
            Number = entry.Number,
            Place = entry.Place,
            At = entry.At,
            Kind = entry.Kind,
            Counterparty = party.Kind is AccountKind.Cash or AccountKind.Exchange ? null : party,
            Description = entry.Description?.Value,
            Amount = entry.Amount,
            Original = original,
            Hold = entry.Hold,
            Reverses = entry.Reverses,
            Balance = entry.Balance,
            Worth = worth,
        };
    }

    /// <summary>
    /// Of a conversion's four entries the two in the middle are the exchange accounts': whose money they are is beside them.
    /// </summary>
    static long Other(AccountEntry entry) => entry is { PlaceInConversion: 1 or 2, ConversionEntries.Length: 4 }
        ? entry.ConversionEntries[entry.PlaceInConversion == 1 ? 0 : 3].Account
        : entry.Other;

    /// <summary>Of a conversion's four entries the first is the sender's and the last the receiver's.</summary>
    async ValueTask<OriginalAmount?> OriginalAsync(AccountEntry entry, CancellationToken cancellationToken)
    {
        if (entry.OtherSide is { } side)
            return Original(side.Amount, side.Currency, entry.Exchange ?? await originals.FindAsync(entry, cancellationToken));
        if (entry.Exchange is not { } exchange)
            return null;
        var other = entry.ConversionEntries[entry.PlaceInConversion < 2 ? ^1 : 0];
        return Original(Math.Abs(other.Amount), other.Currency, exchange);
    }

    static OriginalAmount Original(long amount, Currency currency, Exchange exchange)
    {
        // From the quotes: one divided by a rate that was rounded would be wrong in its last digits.
        var inverse = Conversion.DisplayRate(exchange.ToQuote.Pair, exchange.FromQuote.Pair);
        return new OriginalAmount(amount, currency, exchange.Rate, inverse, exchange.From, exchange.To);
    }
}
