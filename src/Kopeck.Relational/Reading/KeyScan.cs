using Kopeck.Ledger.Fields;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Reading;

/// <summary>
/// The keys that a list may show, in its order, a chunk at a time and each once: every statement is short, however long the list or its
/// tables. Each source gives its own next keys; how far all of them were read is how far the list is known.
/// </summary>
/// <param name="isThinned">Whether the caller passes over some of the keys, so that chunks grow.</param>
sealed class KeyScan(IReadOnlyList<KeySource> sources, bool isAscending, bool isThinned, long from, long to)
{
    const int MaxChunk = 4_096;

    // How many rows one statement looks through that has no index for what is asked: some 20 ms.
    const long Window = 20_000;

    readonly Dictionary<(int Source, long Group), (int Count, long Last)> read = [];
    readonly SortedSet<long> found = [];
    long from = from;
    long to = to;
    int chunk;

    /// <summary>Whether everything was looked at.</summary>
    public bool IsAtEnd => from >= to;

    /// <summary>The statements for the next keys; then <see cref="Take"/>.</summary>
    /// <param name="wanted">How many are still missing.</param>
    public IReadOnlyList<Query> Next(BookName book, int wanted)
    {
        read.Clear();
        found.Clear();
        chunk = isThinned ? Math.Min(MaxChunk, Math.Max(chunk, wanted) * 4) : wanted;
        var (first, end) = Part();
        return [.. sources.Select((source, place) =>
        {
            var query = new Query(source.Text.Replace(KeySource.Direction, isAscending ? "ASC" : "DESC", StringComparison.Ordinal))
                .Add(book.Value).Add(first).Add(end).Add(chunk);
            foreach (var value in source.Values)
                query.Add(value);
            return query.Read(row => Note(place, row.Int64(0), row.Int64(1)));
        })];
    }

    /// <summary>What the statements gave, in the list's order; the next ones go on after it.</summary>
    public IReadOnlyList<long> Take()
    {
        var (first, end) = Part();
        // A source that gave as many as it might has more beyond its last, which may belong between those of others.
        var full = read.Values.Where(source => source.Count >= chunk).Select(source => source.Last).ToList();
        if (isAscending)
        {
            from = full.Count == 0 ? end : full.Min() + 1;
            return [.. found.TakeWhile(key => key < from)];
        }

        to = full.Count == 0 ? first : full.Max();
        return [.. found.Reverse().TakeWhile(key => key >= to)];
    }

    void Note(int source, long group, long key)
    {
        found.Add(key);
        read[(source, group)] = (read.GetValueOrDefault((source, group)).Count + 1, key);
    }

    (long From, long To) Part() =>
        !sources.Any(source => source.IsScan) ? (from, to)
        : isAscending ? (from, Math.Min(to, from + Window))
        : (Math.Max(from, to - Window), to);
}
