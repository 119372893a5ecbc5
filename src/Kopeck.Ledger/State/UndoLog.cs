namespace Kopeck.Ledger.State;

/// <summary>How to take back what was applied, newest first.</summary>
sealed class UndoLog
{
    readonly List<Slot> slots = [];

    public int Count => slots.Count;

    public void Set<TKey, TValue>(Dictionary<TKey, TValue> dictionary, TKey key, TValue value)
        where TKey : notnull
    {
        var had = dictionary.TryGetValue(key, out var before);
        slots.Add(new Slot<TKey, TValue>(dictionary, key, had, before));
        dictionary[key] = value;
    }

    public void Add(Action undo) => slots.Add(new ActionSlot(undo));

    public void RollBack(int mark)
    {
        for (var index = slots.Count - 1; index >= mark; index--)
            slots[index].Undo();
        slots.RemoveRange(mark, slots.Count - mark);
    }

    public void Clear() => slots.Clear();

    /// <summary>Makes the oldest final.</summary>
    public void Forget(int count) => slots.RemoveRange(0, count);

    abstract class Slot
    {
        public abstract void Undo();
    }

    sealed class ActionSlot(Action undo) : Slot
    {
        public override void Undo() => undo();
    }

    sealed class Slot<TKey, TValue>(Dictionary<TKey, TValue> dictionary, TKey key, bool had, TValue? before) : Slot
        where TKey : notnull
    {
        public override void Undo()
        {
            if (had)
                dictionary[key] = before!;
            else
                dictionary.Remove(key);
        }
    }
}
