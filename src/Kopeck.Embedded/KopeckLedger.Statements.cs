using System.IO.Pipelines;
using Kopeck.Embedded.Inputs;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Statements;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reports;
using Kopeck.Statements.Writing;

namespace Kopeck.Embedded;

public sealed partial class KopeckLedger
{
    /// <summary>Writes a wallet's statement while it is read. The answer is its name and media type.</summary>
    [LedgerCall("GET", "/v1/wallets/{id}/statement")]
    public ValueTask<LedgerResult<StatementFile>> WriteWalletStatementAsync(LedgerId wallet, Stream output, PeriodQuery? query = null, CancellationToken cancellationToken = default) =>
        WriteAsync(new StatementSubject.OfWallet(wallet.Number), output, query ?? new PeriodQuery(), cancellationToken);

    /// <summary>Writes a statement of all wallets of a customer while it is read. The answer is its name and media type.</summary>
    [LedgerCall("GET", "/v1/customers/{id}/statement")]
    public ValueTask<LedgerResult<StatementFile>> WriteCustomerStatementAsync(LedgerId customer, Stream output, PeriodQuery? query = null, CancellationToken cancellationToken = default) =>
        WriteAsync(new StatementSubject.OfCustomer(customer.Number), output, query ?? new PeriodQuery(), cancellationToken);

    /// <summary>Writes a statement of all wallets of the one customer with a name, case and accents ignored.</summary>
    [LedgerCall("GET", "/v1/reports/operations")]
    public ValueTask<LedgerResult<StatementFile>> WriteOperationsReportAsync(string? name, Stream output, PeriodQuery? query = null, CancellationToken cancellationToken = default) =>
        name is null
            ? ValueTask.FromResult(new LedgerResult<StatementFile>(Forbid(Scopes.Read) ?? InvalidQuery("name", new FieldError("required", "Give the customer's name"))))
            : CustomerName.TryParse(name, out _, out var error)
            ? WriteAsync(new StatementSubject.OfName(name), output, query ?? new PeriodQuery(), cancellationToken)
            : ValueTask.FromResult(new LedgerResult<StatementFile>(Forbid(Scopes.Read) ?? InvalidQuery("name", error)));

    /// <summary>Writes every account's debits, credits and balance.</summary>
    [LedgerCall("GET", "/v1/reports/trial-balance")]
    public ValueTask<LedgerResult<StatementFile>> WriteTrialBalanceAsync(Stream output, DocumentQuery? query = null, CancellationToken cancellationToken = default) =>
        WriteAsync("trial-balance", output, query ?? new DocumentQuery(), new ReportRequest(book, Point(query)), cancellationToken);

    /// <summary>Writes the house's positions from conversions, their worth at a date's quotes, realised and unrealised gain.</summary>
    [LedgerCall("GET", "/v1/reports/exchange")]
    public ValueTask<LedgerResult<StatementFile>> WriteExchangeReportAsync(Stream output, ExchangeQuery? query = null, CancellationToken cancellationToken = default)
    {
        var day = default(DateOnly);
        if (query?.Date is { } date && !date.TryRead(out day))
            return ValueTask.FromResult(new LedgerResult<StatementFile>(Forbid(Scopes.Read) ?? InvalidQuery("date", new FieldError("bad_value", "Expected: a date such as 2026-11-23"))));
        return WriteAsync("exchange", output, query ?? new ExchangeQuery(), new ReportRequest(book, Point(query), Date: query?.Date is null ? null : day), cancellationToken);
    }

    /// <summary>Writes what moved on each day in each currency.</summary>
    [LedgerCall("GET", "/v1/reports/turnover")]
    public ValueTask<LedgerResult<StatementFile>> WriteTurnoverAsync(Stream output, PeriodQuery? query = null, CancellationToken cancellationToken = default) =>
        WriteAsync("turnover", output, query ?? new PeriodQuery(), new ReportRequest(book, Point(query), Moment(query?.Since), Moment(query?.Until)), cancellationToken);

    ValueTask<LedgerResult<StatementFile>> WriteAsync(StatementSubject subject, Stream output, PeriodQuery query, CancellationToken cancellationToken) => ReadAsync(Scopes.Read, async () =>
    {
        _ = Reader;
        if (Choose(StatementFormats.All[0].Format, query, name => StatementFormats.Find(name), out var writer, out var language) is { } refusal)
            return new LedgerResult<StatementFile>(refusal);
        var request = new StatementRequest(book, subject, Moment(query.Since), Moment(query.Until), Point(query));
        return await WriteAsync(await Files.DrawAsync(request, writer!, language!, isCounted: false, cancellationToken).ConfigureAwait(false), output, cancellationToken).ConfigureAwait(false);
    });

    ValueTask<LedgerResult<StatementFile>> WriteAsync(string name, Stream output, DocumentQuery query, ReportRequest request, CancellationToken cancellationToken) => ReadAsync(Scopes.Read, async () =>
    {
        _ = Reader;
        if (Choose(ReportFormats.All[0].Format, query, format => ReportFormats.Find(format), out var writer, out var language) is { } refusal)
            return new LedgerResult<StatementFile>(refusal);
        return await WriteAsync(await Files.DrawAsync(name, request, writer!, language!, cancellationToken).ConfigureAwait(false), output, cancellationToken).ConfigureAwait(false);
    });

    StatementFiles Files => new(store, options.Time, options.Letterheads);

    static Rejection? Choose<T>(string usual, DocumentQuery query, Func<string, T?> find, out T? writer, out Language? language)
        where T : class
    {
        writer = find(query.Format ?? usual);
        language = query.Lang is { } code ? Language.Find(code) : Language.Default;
        var reader = new QueryReader();
        if (writer is null)
            reader.Add("format", new FieldError("bad_value", $"There is no format {query.Format}"));
        if (language is null)
            reader.Add("lang", new FieldError("bad_value", $"Expected: {string.Join(" or ", Language.All.Select(known => known.Code))}"));
        return reader.Refusal;
    }

    static async Task<LedgerResult<StatementFile>> WriteAsync((StatementFile? File, Rejection? Rejection) drawn, Stream output, CancellationToken cancellationToken)
    {
        if (drawn.File is not { } file)
            return new LedgerResult<StatementFile>(drawn.Rejection!);
        await WriteAsync(output, pipe => file.WriteAsync(pipe, cancellationToken)).ConfigureAwait(false);
        return new LedgerResult<StatementFile>(file) { AsOf = file.Number };
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
