using System.IO.Pipelines;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reading;
using Kopeck.Statements.Reports;
using Kopeck.Statements.Writing;

namespace Kopeck.Embedded;

public sealed partial class KopeckLedger
{
    /// <summary>Writes a wallet's statement while it is read. The answer is the statement's header.</summary>
    [LedgerCall("GET", "/v1/wallets/{id}/statement")]
    public ValueTask<LedgerResult<Statement>> WriteWalletStatementAsync(LedgerId wallet, Stream output, PeriodQuery? query = null, CancellationToken cancellationToken = default) =>
        WriteAsync(new StatementSubject.OfWallet(wallet.Number), output, query ?? new PeriodQuery(), cancellationToken);

    /// <summary>Writes a statement of all wallets of a customer while it is read. The answer is the statement's header.</summary>
    [LedgerCall("GET", "/v1/customers/{id}/statement")]
    public ValueTask<LedgerResult<Statement>> WriteCustomerStatementAsync(LedgerId customer, Stream output, PeriodQuery? query = null, CancellationToken cancellationToken = default) =>
        WriteAsync(new StatementSubject.OfCustomer(customer.Number), output, query ?? new PeriodQuery(), cancellationToken);

    /// <summary>Writes a statement of all wallets of the one customer with a name, case and accents ignored.</summary>
    [LedgerCall("GET", "/v1/reports/operations")]
    public ValueTask<LedgerResult<Statement>> WriteOperationsReportAsync(string name, Stream output, PeriodQuery? query = null, CancellationToken cancellationToken = default) =>
        CustomerName.TryParse(name, out _, out var error)
            ? WriteAsync(new StatementSubject.OfName(name), output, query ?? new PeriodQuery(), cancellationToken)
            : ValueTask.FromResult(new LedgerResult<Statement>(Forbid(Scopes.Read) ?? InvalidQuery("name", error)));

    /// <summary>Writes every account's debits, credits and balance.</summary>
    [LedgerCall("GET", "/v1/reports/trial-balance")]
    public ValueTask<LedgerResult<Report>> WriteTrialBalanceAsync(Stream output, DocumentQuery? query = null, CancellationToken cancellationToken = default) =>
        WriteAsync("trial-balance", output, query ?? new DocumentQuery(), new ReportRequest(book, Point(query)), cancellationToken);

    /// <summary>Writes the house's positions from conversions, their worth at a date's quotes, realised and unrealised gain.</summary>
    [LedgerCall("GET", "/v1/reports/exchange")]
    public ValueTask<LedgerResult<Report>> WriteExchangeReportAsync(Stream output, ExchangeQuery? query = null, CancellationToken cancellationToken = default)
    {
        var day = default(DateOnly);
        if (query?.Date is { } date && !date.TryRead(out day))
            return ValueTask.FromResult(new LedgerResult<Report>(Forbid(Scopes.Read) ?? InvalidQuery("date", new FieldError("bad_value", "Expected: a date such as 2026-11-23"))));
        return WriteAsync("exchange", output, query ?? new ExchangeQuery(), new ReportRequest(book, Point(query), Date: query?.Date is null ? null : day), cancellationToken);
    }

    /// <summary>Writes what moved on each day in each currency.</summary>
    [LedgerCall("GET", "/v1/reports/turnover")]
    public ValueTask<LedgerResult<Report>> WriteTurnoverAsync(Stream output, PeriodQuery? query = null, CancellationToken cancellationToken = default) =>
        WriteAsync("turnover", output, query ?? new PeriodQuery(), new ReportRequest(book, Point(query), Moment(query?.Since), Moment(query?.Until)), cancellationToken);

    ValueTask<LedgerResult<Statement>> WriteAsync(StatementSubject subject, Stream output, PeriodQuery query, CancellationToken cancellationToken) => ReadAsync(Scopes.Read, async () =>
    {
        _ = Reader;
        if (Choose(StatementFormats.All[0].Format, query, name => StatementFormats.Find(name), out var writer, out var language) is { } refusal)
            return new LedgerResult<Statement>(refusal);
        var request = new StatementRequest(book, subject, Moment(query.Since), Moment(query.Until), Point(query));
        var outcome = await new StatementReader(store, options.Time).OpenAsync(request, cancellationToken).ConfigureAwait(false);
        if (outcome.Statement is not { } statement)
            return new LedgerResult<Statement>(outcome.Rejection!);
        if (writer!.MaxLines is { } most && await StatementReader.CountLinesAsync(statement, cancellationToken).ConfigureAwait(false) > most)
            return new LedgerResult<Statement>(new Rejection(ErrorCode.TooLarge, $"As {writer.Format} a statement has at most {most} lines: ask for a shorter period or another format"));
        if (await writer.CheckAsync(statement, cancellationToken).ConfigureAwait(false) is { } unfit)
            return new LedgerResult<Statement>(unfit);
        await WriteAsync(output, pipe => writer.WriteAsync(statement, new StatementStyle(language!), pipe, cancellationToken)).ConfigureAwait(false);
        return new LedgerResult<Statement>(statement) { AsOf = statement.Pin.Number };
    });

    ValueTask<LedgerResult<Report>> WriteAsync(string name, Stream output, DocumentQuery query, ReportRequest request, CancellationToken cancellationToken) => ReadAsync(Scopes.Read, async () =>
    {
        _ = Reader;
        if (Choose(ReportFormats.All[0].Format, query, format => ReportFormats.Find(format), out var writer, out var language) is { } refusal)
            return new LedgerResult<Report>(refusal);
        var outcome = await new ReportReader(store, options.Time).OpenAsync(name, request, cancellationToken).ConfigureAwait(false);
        if (outcome.Report is not { } report)
            return new LedgerResult<Report>(outcome.Rejection!);
        await WriteAsync(output, pipe => writer!.WriteAsync(report, language!, pipe, cancellationToken)).ConfigureAwait(false);
        return new LedgerResult<Report>(report) { AsOf = report.Pin.Number };
    });

    static Rejection? Choose<T>(string usual, DocumentQuery query, Func<string, T?> find, out T? writer, out Language? language)
        where T : class
    {
        writer = find(query.Format ?? usual);
        language = query.Lang is { } code ? Language.Find(code) : Language.Default;
        if (writer is null)
            return InvalidQuery("format", new FieldError("bad_value", $"There is no format {query.Format}"));
        return language is null ? InvalidQuery("lang", new FieldError("bad_value", $"Expected: {string.Join(" or ", Language.All.Select(known => known.Code))}")) : null;
    }

    static async Task WriteAsync(Stream output, Func<PipeWriter, Task> write)
    {
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        try
        {
            await write(pipe).ConfigureAwait(false);
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await pipe.CompleteAsync(exception).ConfigureAwait(false);
            throw;
        }
    }

    static PinPoint? Point(DocumentQuery? query) => query?.At is { } point ? new PinPoint(point.Number, point.Instant) : null;

    static Instant? Moment(DateTimeOffset? moment) => moment is { } given ? Instant.From(given) : null;
}
