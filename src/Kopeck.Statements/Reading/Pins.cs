using System.Diagnostics.CodeAnalysis;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Reading;

/// <summary>Finds the operation that a statement or report is drawn at.</summary>
public static class Pins
{
    /// <summary>The book at a point; the point is the last operation if none is named.</summary>
    /// <returns>A rejection for a point that is not written yet.</returns>
    public static async Task<(PinnedBook? Book, Rejection? Rejection)> FindAsync(
        ILedgerStore store, BookName book, PointInTime? at, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await store.FindBookAsync(book, cancellationToken) is not { } row)
            return (null, new Rejection(ErrorCode.NotFound, $"There is no book {book}"));
        var head = row.Head;
        var number = head.Number;
        if (at is { } point)
        {
            (number, var error) = await point.FindAsync(store, book, head.Number, time, cancellationToken);
            if (error is not null)
                return (null, InvalidQuery("at", error.Code, error.Detail));
        }

        var pin = number == head.Number ? head : (await FindAsync(store, book, number, cancellationToken)).Head;
        var opening = await FindAsync(store, book, 1, cancellationToken);
        if (opening.Body is not BookOpened opened)
            throw new FormatException($"Book {book} does not start with its opening");
        var terms = await TermsHistory.ReadAsync(store, book, row.TermsNumber, opened, cancellationToken);
        return (new PinnedBook(book, opened.BaseCurrency, terms, opening.At, pin), null);
    }

    /// <summary>What a period covers, in numbers.</summary>
    public static async Task<StatementPeriod> CoverAsync(
        ILedgerStore store, PinnedBook book, PeriodBound? from, PeriodBound? until, DayZone zone, CancellationToken cancellationToken) =>
        await CoverAsync(store, book, from?.In(zone), until?.In(zone), cancellationToken) with { Zone = zone };

    static async Task<StatementPeriod> CoverAsync(
        ILedgerStore store, PinnedBook book, Instant? since, Instant? until, CancellationToken cancellationToken)
    {
        var pin = book.Pin;
        var from = since is { } start ? await LastBeforeAsync(store, book.Book, start, cancellationToken) : 0;
        var to = until is { } end ? await LastBeforeAsync(store, book.Book, end, cancellationToken) : pin.Number;
        // Nothing after the pin is ever covered, whatever was written since.
        (from, to) = (Math.Min(from, pin.Number), Math.Min(to, pin.Number));
        // An end is never before its start, also where a period starts after the pin or ends before the book was opened.
        var stop = until is { } last && last <= pin.At ? last : pin.At;
        var begin = since ?? (stop < book.Opened ? stop : book.Opened);
        return new StatementPeriod(since, until, from, Math.Max(from, to), begin, stop < begin ? begin : stop);
    }

    /// <summary>The refusal of a period whose end is before its start.</summary>
    public static bool IsBackwards(PeriodBound? since, PeriodBound? until, DayZone zone, [NotNullWhen(true)] out Rejection? rejection)
    {
        rejection = until?.In(zone) < since?.In(zone) ? InvalidQuery("until", "before_since", "The period ends before it starts") : null;
        return rejection is not null;
    }

    internal static Rejection InvalidQuery(string parameter, string code, string detail) =>
        new(ErrorCode.InvalidQuery, $"{parameter}: {detail}") { Fields = [new FieldProblem(parameter, code, detail)] };

    static async Task<long> LastBeforeAsync(ILedgerStore store, BookName book, Instant instant, CancellationToken cancellationToken) =>
        instant.Microseconds == 0 ? 0 : await store.FindNumberAtAsync(book, new Instant(instant.Microseconds - 1), cancellationToken);

    static async Task<Operation> FindAsync(ILedgerStore store, BookName book, long number, CancellationToken cancellationToken) =>
        await store.GetOperationAsync(book, number, cancellationToken)
            ?? throw new StorageUnavailableException($"Operation {number} of book {book} cannot be read");
}
