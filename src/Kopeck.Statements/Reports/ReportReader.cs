using Kopeck.Engine.Storage;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reading;

namespace Kopeck.Statements.Reports;

/// <summary>Draws reports of whole books from a store.</summary>
public sealed class ReportReader(ILedgerStore store, TimeProvider time)
{
    /// <summary>The names of the reports.</summary>
    public static IReadOnlyList<string> Names { get; } = ["trial-balance", "exchange", "turnover", "postings"];

    /// <summary>Pins a report.</summary>
    public async Task<ReportOutcome> OpenAsync(string name, ReportRequest request, CancellationToken cancellationToken)
    {
        var (book, rejection) = await Pins.FindAsync(store, request.Book, request.At, time, cancellationToken);
        if (book is null)
            return new ReportOutcome(null, rejection);
        var zone = request.Zone ?? book.Zone;
        if (Pins.IsBackwards(request.Since, request.Until, zone, out var backwards))
            return new ReportOutcome(null, backwards);
        var report = name switch
        {
            "trial-balance" => new TrialBalance(store, book, await CoverAsync(), request.OnProgress).Draw(),
            "exchange" => new ExchangePositions(store, book, request.Date ?? zone.DayOf(book.Pin.At), zone, request.OnProgress).Draw(),
            "turnover" => new Turnover(store, book, await CoverAsync(), request.OnProgress).Draw(),
            "postings" => new Postings(store, book, await CoverAsync(), request.OnProgress).Draw(),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "unknown report"),
        };
        return new ReportOutcome(report, null);

        Task<StatementPeriod> CoverAsync() => Pins.CoverAsync(store, book, request.Since, request.Until, zone, cancellationToken);
    }
}
