using Kopeck.Ledger;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Reading;

/// <summary>Points in a book's history, given by a journal number or by an instant.</summary>
public static class PointInTime
{
    /// <summary>The journal number that a point stands for; the future has none yet.</summary>
    public static async ValueTask<(long? Number, FieldError? Error)> FindAsync(
        LedgerEngine engine, BookName book, long? number, Instant? instant, TimeProvider time, CancellationToken cancellationToken)
    {
        if (instant is { } moment)
        {
            return moment > Instant.From(time.GetUtcNow())
                ? (null, new FieldError("in_the_future", "Give an instant in the past"))
                : (await engine.Reader(book).FindNumberAtAsync(book, moment, cancellationToken), null);
        }

        var head = (await engine.Store.FindBookAsync(book, cancellationToken))?.Head.Number ?? 0;
        return number > head ? (null, new FieldError("in_the_future", $"The last operation is {head}")) : (number, null);
    }
}
