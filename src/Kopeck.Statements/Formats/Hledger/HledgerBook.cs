using System.Globalization;
using System.IO.Pipelines;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Reading;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Hledger;

/// <summary>
/// A whole book as a journal for hledger, seen by the house: wallets are liabilities, so that a credit of the ledger is negative. Every
/// posting asserts its account's balance; conversions pass through <c>equity:exchange</c>; quotes are market prices. Days are those of the
/// book's time zone.
/// </summary>
public static class HledgerBook
{
    const int PageLength = 1_000;

    /// <summary>The ending of its files, without a point.</summary>
    public const string Extension = "journal";

    /// <summary>
    /// Writes the operations up to the book's pin, a page at a time in flat memory. The same pin gives the same bytes, but for personal
    /// values that were erased.
    /// </summary>
    /// <param name="book">Found by <see cref="Pins"/>.</param>
    /// <param name="letterhead">Which says what internal accounts are; one that it says nothing of is revenue, as fees are.</param>
    /// <param name="onPage">Told how many operations each page had that was written.</param>
    public static async Task WriteAsync(
        ILedgerReader reader, PinnedBook book, Letterhead? letterhead, PipeWriter output, Action<int>? onPage,
        CancellationToken cancellationToken)
    {
        var journal = new HledgerText(output);
        journal.Comment(
            string.Create(CultureInfo.InvariantCulture, $"Book {book.Book}, drawn at operation {book.Pin.Number} {book.Pin.Hash}"));
        journal.Blank();
        journal.Commodity(book.BaseCurrency);
        var parties = new PartyBook(reader, book.Book, book.Pin.Number);
        for (long last = 0; last < book.Pin.Number;)
        {
            var operations =
                await reader.ReadJournalAsync(book.Book, last, (int)Math.Min(PageLength, book.Pin.Number - last), cancellationToken);
            if (operations.Count == 0)
                throw new FormatException($"Operation {last + 1} of book {book.Book} cannot be read");
            await parties.LookUpAsync([.. operations.SelectMany(Accounts)], cancellationToken);
            foreach (var operation in operations)
                Write(journal, operation, book, parties, letterhead);
            await journal.SendAsync(cancellationToken);
            onPage?.Invoke(operations.Count);
            last = operations[^1].Number;
        }
    }

    static IEnumerable<long> Accounts(Operation operation) =>
        operation.Body is AccountOpened ? [operation.Number] : operation.Entries.Select(entry => entry.Account);

    static void Write(HledgerText journal, Operation operation, PinnedBook book, PartyBook parties, Letterhead? letterhead)
    {
        switch (operation.Body)
        {
            case AccountOpened opened:
                journal.Commodity(opened.Currency);
                journal.Account(
                    Name(parties[operation.Number], letterhead), About(parties[operation.Number]),
                    Type(parties[operation.Number], letterhead));
                break;
            case QuotesLoaded loaded:
                foreach (var quote in loaded.Quotes)
                {
                    // Gold and its like have quotes and no minor unit.
                    journal.Commodity(Currency.TryFind(quote.Currency, out var currency) ? currency : new Currency(quote.Currency, 0));
                    journal.Price(loaded.Date, quote.Currency, quote.Pair, book.BaseCurrency);
                }

                break;
            default:
                if (operation.Entries.Length > 0)
                    WriteEntries(journal, operation, book.Zone, parties, letterhead);
                break;
        }
    }

    static void WriteEntries(HledgerText journal, Operation operation, DayZone zone, PartyBook parties, Letterhead? letterhead)
    {
        var kind = operation.Kind.Name();
        journal.Transaction(
            zone.DayOf(operation.At), operation.Number, null, operation.Body.Description?.Value ?? kind,
            HledgerText.Tags(kind, operation.At));
        foreach (var entry in operation.Entries)
            journal.Posting(Name(parties[entry.Account], letterhead), -(Int128)entry.Amount, entry.Currency, -(Int128)entry.Balance);
    }

    static string Name(Party account, Letterhead? letterhead) => account.Kind switch
    {
        AccountKind.Wallet => "liabilities:wallets:" + PlainText.Of(account.Account),
        AccountKind.Internal => $"{Root(TypeOf(account, letterhead))}:internal:{PlainText.Of(account.Account)}",
        AccountKind.Cash => "assets:cash:" + account.Currency.Code,
        AccountKind.Exchange => "equity:exchange:" + account.Currency.Code,
        _ => throw new FormatException($"Account {account.Account} is of no known kind"),
    };

    /// <summary>hledger's letter of an account's type.</summary>
    static string Type(Party account, Letterhead? letterhead) => account.Kind switch
    {
        AccountKind.Wallet => "L",
        AccountKind.Cash => "A",
        AccountKind.Internal => TypeOf(account, letterhead) switch
        {
            AccountType.Revenue => "R",
            AccountType.Expense => "X",
            AccountType.Asset => "A",
            AccountType.Liability => "L",
            _ => "E",
        },
        _ => "E",
    };

    static string Root(AccountType type) => type switch
    {
        AccountType.Revenue => "revenues",
        AccountType.Expense => "expenses",
        AccountType.Asset => "assets",
        AccountType.Liability => "liabilities",
        _ => "equity",
    };

    static AccountType TypeOf(Party account, Letterhead? letterhead) => letterhead?.NumbersOf(account).Type ?? AccountType.Revenue;

    static string About(Party account) =>
        string.Join(
            ", ",
            new[]
            {
                account.Currency.Code,
                account.Code?.Value,
                account.Name?.Value,
                account.CustomerCode?.Value
            }.Where(part => part is not null));
}
