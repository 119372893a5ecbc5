using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reading;
using Kopeck.Statements.Reports;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements;

/// <summary>Draws statements and reports as files: what all interfaces do.</summary>
public sealed class StatementFiles(ILedgerStore store, TimeProvider time, Letterheads letterheads)
{
    /// <summary>Pins a statement.</summary>
    /// <param name="isCounted">Whether to count its lines, which is a pass of the database's over the entries.</param>
    /// <returns>A rejection where there is none, or where it is longer than the format takes.</returns>
    public async Task<(StatementFile? File, Rejection? Rejection)> DrawAsync(
        StatementRequest request, IStatementWriter writer, Language language, bool isCounted, CancellationToken cancellationToken)
    {
        var outcome = await new StatementReader(store, time).OpenAsync(request, cancellationToken);
        if (outcome.Statement is not { } statement)
            return (null, outcome.Rejection);
        var lines =
            isCounted || writer.MaxLines is not null ? await StatementReader.CountLinesAsync(statement, cancellationToken) : (long?)null;
        if (lines > writer.MaxLines)
            return (
                null,
                new Rejection(
                    ErrorCode.TooLarge,
                    $"As {writer.Format} a statement has at most {writer.MaxLines} lines, and this one has {lines}: ask for a shorter period or another format"));
        var style = new StatementStyle(language, letterheads.At(statement.Pin.At));
        if (await writer.CheckAsync(statement, style, cancellationToken) is { } refusal)
            return (null, refusal);
        var file = new StatementFile(
            writer.MediaType,
            FileNames.Ascii(statement, writer.Extension),
            FileNames.Friendly(statement, language, writer.Extension),
            (output, cancelled) => writer.WriteAsync(statement, style, output, cancelled))
        {
            Number = statement.Pin.Number,
            Lines = lines,
        };
        return (file, null);
    }

    /// <summary>Pins a report.</summary>
    /// <param name="name">One of <see cref="ReportReader.Names"/>.</param>
    public async Task<(StatementFile? File, Rejection? Rejection)> DrawAsync(
        string name, ReportRequest request, IReportWriter writer, Language language, CancellationToken cancellationToken)
    {
        var outcome = await new ReportReader(store, time).OpenAsync(name, request, cancellationToken);
        if (outcome.Report is not { } report)
            return (null, outcome.Rejection);
        var file = FileNames.Ascii(report, writer.Extension);
        return (
            new StatementFile(
                writer.MediaType, file, FileNames.Friendly(report, language, writer.Extension),
                (output, cancelled) => writer.WriteAsync(report, language, output, cancelled))
            { Number = report.Pin.Number },
            null);
    }

    /// <summary>Pins a whole book for another program.</summary>
    /// <param name="onProgress">Told how many operations are written, and how many there are.</param>
    public async Task<(StatementFile? File, Rejection? Rejection)> DrawAsync(
        BookName name, PointInTime? at, BookExport export, Action<long, long>? onProgress, CancellationToken cancellationToken)
    {
        var (book, rejection) = await Pins.FindAsync(store, name, at, time, cancellationToken);
        if (book is null)
            return (null, rejection);
        var file = FileNames.Ascii(book, export.Format, export.Extension);
        long done = 0;
        return (
            new StatementFile(
                export.MediaType, file, file,
                (output, cancelled) =>
                    export.WriteAsync(
                        store, book, letterheads.At(book.Pin.At), output, count => onProgress?.Invoke(done += count, book.Pin.Number),
                        cancelled))
            { Number = book.Pin.Number },
            null);
    }
}
