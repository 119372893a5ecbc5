using Kopeck.Engine.Storage;
using Kopeck.Statements.Reading;

namespace Kopeck.Statements.Reports;

/// <summary>Draws reports of whole books from a store.</summary>
public sealed class ReportReader(ILedgerStore store, TimeProvider time)
{
    /// <summary>The names of the reports.</summary>
    public static IReadOnlyList<string> Names { get; } = ["trial-balance", "exchange", "turnover"];

    /// <summary>Pins a report.</summary>
    public async Task<ReportOutcome> OpenAsync(string name, ReportRequest request, CancellationToken cancellationToken)
    {
        if (Pins.IsBackwards(request.Since, request.Until, out var backwards))
            return new ReportOutcome(null, backwards);
        var (book, rejection) = await Pins.FindAsync(store, request.Book, request.At, time, cancellationToken);
        if (book is null)
            return new ReportOutcome(null, rejection);
        var report = name switch
        {
            "trial-balance" => new TrialBalance(store, book, request.OnProgress).Draw(),
            "exchange" => new ExchangePositions(store, book, request.Date ?? book.Pin.At.Date, request.OnProgress).Draw(),
            "turnover" => new Turnover(store, book, await Pins.CoverAsync(store, book, request.Since, request.Until, cancellationToken), request.OnProgress).Draw(),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "unknown report"),
        };
        return new ReportOutcome(report, null);
    }
}
