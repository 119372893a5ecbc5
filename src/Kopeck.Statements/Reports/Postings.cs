using System.Runtime.CompilerServices;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Journal;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reading;

namespace Kopeck.Statements.Reports;

/// <summary>Every entry of a period in the order of the journal: what was debited and what was credited, by which operation.</summary>
sealed class Postings(ILedgerStore store, PinnedBook book, StatementPeriod period, Action<long, long>? onProgress)
{
    const int PageLength = 500;

    public static IReadOnlyList<string> Columns { get; } =
        ["number", "date", "at", "kind", "account", "name", "code", "currency", "debit", "credit", "description"];

    public Report Draw() => new(ReadAsync, () => [])
    {
        Name = "postings",
        Book = book.Book,
        BaseCurrency = book.BaseCurrency,
        Pin = book.Pin,
        Period = period,
        Zone = period.Zone,
        Columns = Columns,
    };

    async IAsyncEnumerable<IReadOnlyList<ReportCell[]>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parties = new PartyBook(store, book.Book, book.Pin.Number);
        for (var after = period.From; after < period.To;)
        {
            var page = await store.ReadJournalAsync(
                book.Book, after, (int)Math.Min(PageLength, period.To - after), cancellationToken);
            var moving = page.Where(operation => operation.Number <= period.To && operation.Entries.Length > 0).ToList();
            await parties.LookUpAsync(
                [.. moving.SelectMany(operation => operation.Entries.Select(entry => entry.Account))], cancellationToken);
            yield return
            [
                .. moving.SelectMany(operation => operation.Entries.Select(entry => Row(operation, entry, parties[entry.Account])))
            ];
            after = page.Count == 0 ? period.To : page[^1].Number;
            onProgress?.Invoke(Math.Min(after, period.To) - period.From, period.To - period.From);
        }
    }

    ReportCell[] Row(Operation operation, Entry entry, Party account) =>
    [
        ReportCell.OfId(operation.Number),
        ReportCell.OfDate(period.Zone.DayOf(operation.At)),
        ReportCell.OfAt(operation.At),
        ReportCell.OfKind(operation.Kind),
        ReportCell.OfId(entry.Account),
        ReportCell.OfText(account.Name?.Value ?? (account.Customer is null ? Enum.GetName(account.Kind)!.ToLowerInvariant() : null)),
        ReportCell.OfText(account.Code?.Value ?? account.CustomerCode?.Value),
        ReportCell.OfText(entry.Currency.Code),
        ReportCell.OfMoney(entry.Amount < 0 ? -(Int128)entry.Amount : null, entry.Currency),
        ReportCell.OfMoney(entry.Amount > 0 ? entry.Amount : null, entry.Currency),
        ReportCell.OfText(operation.Body.Description?.Value),
    ];
}
