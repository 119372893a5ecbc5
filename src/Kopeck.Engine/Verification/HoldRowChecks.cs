using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Verification;

/// <summary>
/// Compares the rows of holds and reversals with what the journal says: large tables by their sums, and the final form of what changes once
/// it is final.
/// </summary>
sealed class HoldRowChecks(BookName book, ulong[] sumKey, HoldRowChecks.RequireRow require)
{
    readonly Dictionary<long, bool> partlyReversed = [];

    /// <summary>A row that must be there.</summary>
    public delegate void RequireRow(string table, ReadOnlySpan<object> key, params ReadOnlySpan<object?> expected);

    /// <summary>The sum of <c>hold_entries</c>.</summary>
    public RowSum Entries { get; } = new(sumKey);

    /// <summary>The sum of <c>holds</c>.</summary>
    public RowSum Holds { get; } = new(sumKey);

    /// <summary>Takes the rows of operations that were applied.</summary>
    public void Add(BatchRows rows, BookState state, bool isEveryRow)
    {
        foreach (var entry in rows.HoldEntries)
        {
            Entries.Add(book.Value).Add(entry.Account).Add(entry.Number).Add(entry.Place).Add(entry.Hold).Add(entry.Change).Add(entry.Held)
                .End();
            if (isEveryRow)
            {
                require(
                    Tables.HoldEntries.TableName, [entry.Account, entry.Number, (long)entry.Place],
                    book.Value, entry.Account, entry.Number, (long)entry.Place, entry.Hold, entry.Change, entry.Held);
            }
        }

        foreach (var changed in rows.PlacedHolds.Select(placed => placed.Id).Concat(rows.ChangedHolds.Select(changed => changed.Hold)))
        {
            if (state.FindHold(changed) is { IsOpen: false } closed)
                Add(closed, isEveryRow);
        }

        foreach (var capture in rows.Captures)
            require(Tables.Captures.TableName, [capture.Hold, capture.Number], book.Value, capture.Hold, capture.Number, capture.Amount);
        foreach (var row in rows.Reversals)
        {
            require(
                Tables.Reversals.TableName, [row.Original, (long)row.Leg, row.Number],
                book.Value, row.Original, (long)row.Leg, row.Number, row.Part.Paid, row.Part.Received, row.Back.Paid, row.Back.Received);
        }

        foreach (var original in rows.ReversedOperations)
        {
            if (original.IsWhole)
            {
                partlyReversed.Remove(original.Number);
                require(Tables.ReversedOperations.TableName, [original.Number], book.Value, original.Number, 1L);
            }
            else
            {
                partlyReversed[original.Number] = true;
            }
        }
    }

    /// <summary>Takes what is still open.</summary>
    public void Finish(BookState state, bool isEveryRow)
    {
        foreach (var hold in state.Holds.Where(hold => hold.IsOpen))
            Add(hold, isEveryRow);
        foreach (var number in partlyReversed.Keys)
            require(Tables.ReversedOperations.TableName, [number], book.Value, number, 0L);
    }

    void Add(Hold hold, bool isEveryRow)
    {
        var state = hold.State;
        object?[] row =
        [
            book.Value, hold.Id, hold.Account, hold.To, hold.ToCash ? 1L : 0L, hold.Currency.Code, (long)hold.Currency.MinorUnits,
            hold.Asked.Code,
            (long)hold.Asked.MinorUnits, (long)state.Status, state.Authorised, state.MaxAmount, state.Captured, state.Released,
            state.Expired, state.Remaining,
            state.ExpiresAt?.Microseconds, state.DueAt?.Microseconds, hold.Changed,
        ];
        Holds.AddRow(row);
        if (isEveryRow)
            require(Tables.Holds.TableName, [hold.Id], row);
    }
}
