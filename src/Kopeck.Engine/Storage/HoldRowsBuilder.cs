using Kopeck.Ledger.Holds;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Storage;

/// <summary>From what operations did to holds, and took back of others, to the rows that it makes.</summary>
sealed class HoldRowsBuilder(BatchRows rows)
{
    readonly Dictionary<long, Hold> placed = [];
    readonly Dictionary<long, HoldStateRow> changed = [];
    readonly Dictionary<long, bool> reversed = [];

    public void Add(long number, Touched touched)
    {
        foreach (var hold in touched.Placed)
            placed.Add(hold.Id, hold);
        for (var place = 0; place < touched.Holds.Length; place++)
            Add(number, place, touched.Holds[place]);
        foreach (var (hold, capture) in touched.Captures)
            rows.Captures.Add(new CaptureRow(hold, capture.Operation, capture.Amount));
        rows.Reversals.AddRange(touched.Reversals);
        if (touched.Reversed is { } original)
            reversed[original.Number] = original.IsWhole;
    }

    public void Finish()
    {
        rows.PlacedHolds.AddRange(placed.Values);
        rows.ChangedHolds.AddRange(changed.Values);
        rows.ReversedOperations.AddRange(reversed.Select(original => new ReversedOperationRow(original.Key, original.Value)));
    }

    void Add(long number, int place, HoldChange change)
    {
        rows.HoldEntries.Add(new HoldEntryRow(change.Account, number, place, change.Hold, change.Change, change.Held));
        if (placed.TryGetValue(change.Hold, out var hold))
            placed[change.Hold] = hold with { State = change.After, Changed = number };
        else
            changed[change.Hold] = new HoldStateRow(change.Hold, change.After, number);
    }
}
