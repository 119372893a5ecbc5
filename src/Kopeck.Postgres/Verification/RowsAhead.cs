namespace Kopeck.Postgres.Verification;

/// <summary>Rows of one table in the order of their keys, read ahead of those who ask for them one by one.</summary>
/// <param name="keyLength">The columns of the key after the book.</param>
sealed class RowsAhead(int keyLength, int minimum, int maximum)
{
    readonly Dictionary<Key, List<object?[]>> rows = [];
    Key first;
    Key last;
    bool isKnown;
    int limit;
    int used;

    /// <summary>All rows with a key.</summary>
    /// <param name="readFrom">Reads so many rows from the key on.</param>
    /// <param name="readExactly">Reads the rows with the key alone.</param>
    public IReadOnlyList<object?[]> Find(object[] wanted, Func<int, List<object?[]>> readFrom, Func<List<object?[]>> readExactly)
    {
        if (!Key.TryFrom(wanted, 0, wanted.Length, out var key))
            return readExactly();
        if (isKnown && key.Parts.CompareTo(first.Parts) >= 0 && key.Parts.CompareTo(last.Parts) <= 0)
        {
            used++;
            return rows.TryGetValue(key, out var found) ? found : [];
        }

        // Was most of what was read ahead asked for? Then more; was little, then less.
        limit = isKnown && used * 2 >= rows.Count ? Math.Min(maximum, limit * 4) : minimum;
        Fill(key, readFrom(limit));
        used = 1;
        return isKnown && rows.TryGetValue(key, out var read) ? read : readExactly();
    }

    void Fill(Key wanted, List<object?[]> page)
    {
        rows.Clear();
        isKnown = false;
        foreach (var row in page)
        {
            if (!Key.TryFrom(row, 1, keyLength, out var key))
                continue;
            if (rows.TryGetValue(key, out var same))
                same.Add(row);
            else
                rows.Add(key, [row]);
            last = key;
            isKnown = true;
        }

        if (!isKnown)
            return;
        first = wanted;
        // What has the last key may go on beyond a full page.
        if (page.Count >= limit)
        {
            rows.Remove(last);
            isKnown = rows.Count > 0;
            if (isKnown)
                last = rows.Keys.MaxBy(other => other.Parts);
        }
    }

    readonly record struct Key((long First, long Second, long Third) Parts)
    {
        public static bool TryFrom(object?[] values, int from, int length, out Key key)
        {
            Span<long> parts = [0, 0, 0];
            key = default;
            if (length > parts.Length)
                return false;
            for (var place = 0; place < length; place++)
            {
                if (values[from + place] is not long number)
                    return false;
                parts[place] = number;
            }

            key = new Key((parts[0], parts[1], parts[2]));
            return true;
        }
    }
}
