using System.Runtime.CompilerServices;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Reading;

/// <summary>Reads an account's lines in short pages by key: no read of the store outlives a page, and while one page is written the next is read.</summary>
sealed class LineReader(ILedgerReader reader, PinnedBook book, StatementPeriod period, PartyBook parties, Action<int>? onPage)
{
    /// <summary>Long enough that a round trip counts little, short enough that it is over soon.</summary>
    const int PageLength = 500;

    public async IAsyncEnumerable<IReadOnlyList<StatementLine>> ReadAsync(StatementSection section, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var account = section.Account.Account;
        var quotes = new QuoteTimeline(reader, book, section.Currency.Code);
        var balance = section.Opening;
        var next = FetchAsync(account, new EntryKey(period.From, short.MaxValue), cancellationToken);
        try
        {
            while (true)
            {
                var entries = await next;
                if (entries.Count == PageLength)
                    next = FetchAsync(account, entries[^1].Key, cancellationToken);
                if (entries.Count > 0)
                {
                    foreach (var entry in entries)
                    {
                        balance += entry.Amount;
                        if (balance != entry.Balance)
                            throw new LedgerLawException($"Operation {entry.Number} leaves account {account} at {entry.Balance}, not at {balance}");
                    }

                    yield return await LinesAsync(entries, quotes, section, cancellationToken);
                    onPage?.Invoke(entries.Count);
                }

                if (entries.Count < PageLength)
                    break;
            }
        }
        finally
        {
            // A reader that stops early leaves nothing behind that nobody looks at.
            _ = next.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        if (balance != section.Closing)
            throw new LedgerLawException($"Account {account} ends at {balance}, not at {section.Closing}");
        section.IsRead = true;
    }

    Task<IReadOnlyList<AccountEntry>> FetchAsync(long account, EntryKey after, CancellationToken cancellationToken) =>
        reader.ReadEntriesAsync(book.Book, account, after, period.To, PageLength, cancellationToken).AsTask();

    async Task<List<StatementLine>> LinesAsync(IReadOnlyList<AccountEntry> entries, QuoteTimeline quotes, StatementSection section, CancellationToken cancellationToken)
    {
        var others = new HashSet<long>();
        foreach (var entry in entries)
            others.Add(entry.Other);
        await parties.LookUpAsync(others, cancellationToken);
        var lines = new List<StatementLine>(entries.Count);
        foreach (var entry in entries)
        {
            var rate = await quotes.FindAsync(entry.At.Date, entry.Number, cancellationToken);
            var worth = rate is { } known ? Conversion.Worth(entry.Amount, section.Currency, known, book.BaseCurrency) : (Int128?)null;
            section.Running.Add(entry.Amount, worth);
            lines.Add(Line(entry, worth));
        }

        return lines;
    }

    StatementLine Line(AccountEntry entry, Int128? worth)
    {
        var party = parties[entry.Other];
        return new StatementLine
        {
            Number = entry.Number,
            Place = entry.Place,
            At = entry.At,
            Kind = entry.Kind,
            Counterparty = party.Kind is AccountKind.Cash or AccountKind.Exchange ? null : party,
            Description = entry.Description?.Value,
            Amount = entry.Amount,
            Original = Original(entry),
            Balance = entry.Balance,
            Worth = worth,
        };
    }

    /// <summary>Of a conversion's four entries the first is the sender's and the last the receiver's.</summary>
    static OriginalAmount? Original(AccountEntry entry)
    {
        if (entry.Exchange is not { } exchange)
            return null;
        var other = entry.ConversionEntries[entry.Place == 0 ? ^1 : 0];
        return new OriginalAmount(Math.Abs(other.Amount), other.Currency, exchange.Rate, exchange.From, exchange.To);
    }
}
