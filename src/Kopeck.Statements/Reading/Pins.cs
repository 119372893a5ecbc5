using System.Diagnostics.CodeAnalysis;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Reading;

/// <summary>A book as it stood after an operation.</summary>
/// <param name="Opened">When the book was opened.</param>
public sealed record PinnedBook(BookName Book, Currency BaseCurrency, int QuoteMaxAgeDays, Instant Opened, Head Pin);

/// <summary>Finds the operation that a statement or report is drawn at.</summary>
public static class Pins
{
    /// <summary>The book at a point; the point is the last operation if none is named.</summary>
    /// <returns>A rejection for a point that is not written yet.</returns>
    public static async Task<(PinnedBook? Book, Rejection? Rejection)> FindAsync(ILedgerStore store, BookName book, PinPoint? at, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await store.FindBookAsync(book, cancellationToken) is not { } row)
            return (null, new Rejection(ErrorCode.NotFound, $"There is no book {book}"));
        var head = row.Head;
        if (at is { Number: { } number })
        {
            if (number < 1 || number > head.Number)
                return (null, InvalidQuery("at", number < 1 ? "bad_value" : "in_the_future", $"The book's operations are 1 to {head.Number}"));
        }
        else if (at is { Instant: { } instant })
        {
            if (instant > Instant.From(time.GetUtcNow()))
                return (null, InvalidQuery("at", "in_the_future", "Give an instant in the past"));
            number = await store.FindNumberAtAsync(book, instant, cancellationToken);
            if (number == 0)
                return (null, InvalidQuery("at", "bad_value", "The book was opened later"));
        }
        else
        {
            number = head.Number;
        }

        var pin = number == head.Number ? head : (await FindAsync(store, book, number, cancellationToken)).Head;
        var opening = await FindAsync(store, book, 1, cancellationToken);
        return opening.Body is BookOpened opened
            ? (new PinnedBook(book, opened.BaseCurrency, opened.QuoteMaxAgeDays, opening.At, pin), null)
            : throw new FormatException($"Book {book} does not start with its opening");
    }

    /// <summary>What a period covers, in numbers.</summary>
    public static async Task<StatementPeriod> CoverAsync(ILedgerStore store, PinnedBook book, Instant? since, Instant? until, CancellationToken cancellationToken)
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
    public static bool IsBackwards(Instant? since, Instant? until, [NotNullWhen(true)] out Rejection? rejection)
    {
        rejection = until < since ? InvalidQuery("until", "before_since", "The period ends before it starts") : null;
        return rejection is not null;
    }

    internal static Rejection InvalidQuery(string parameter, string code, string detail) =>
        new(ErrorCode.InvalidQuery, $"{parameter}: {detail}") { Fields = [new FieldProblem(parameter, code, detail)] };

    static async Task<long> LastBeforeAsync(ILedgerStore store, BookName book, Instant instant, CancellationToken cancellationToken) =>
        instant.Microseconds == 0 ? 0 : await store.FindNumberAtAsync(book, new Instant(instant.Microseconds - 1), cancellationToken);

    static async Task<Operation> FindAsync(ILedgerStore store, BookName book, long number, CancellationToken cancellationToken) =>
        await store.GetOperationAsync(book, number, cancellationToken) ?? throw new StorageUnavailableException($"Operation {number} of book {book} cannot be read");
}
