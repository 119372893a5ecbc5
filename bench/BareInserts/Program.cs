// The yardstick for SQLite: the inserts that a ledger on SQLite cannot do without, in a bare loop with prepared commands.
//   bare-inserts LEDGER COPY BATCH
// COPY is the database as it was before LEDGER took its last operations. Their rows are read into memory, and then written to
// COPY in transactions of BATCH operations: the same rows and columns, the same order, the same pragmas, the same tables, and
// no ledger. Prints operations a second.
using System.Diagnostics;
using System.Globalization;
using Kopeck.BareInserts;
using SQLitePCL;

if (args.Length != 3
    || !int.TryParse(args[2], NumberStyles.None, CultureInfo.InvariantCulture, out var batch)
    || batch == 0
    || !File.Exists(args[0])
    || !File.Exists(args[1]))
{
    Console.Error.WriteLine("bare-inserts LEDGER COPY BATCH");
    return 2;
}

Batteries_V2.Init();
Rows operations, entries, keys;
using var copy = new Database(args[1]);
var head = copy.Number("SELECT max(number) FROM operations");
using (var ledger = new Database(args[0]))
{
    operations = ledger.Read($"SELECT * FROM operations WHERE number > {head} ORDER BY number");
    entries = ledger.Read($"SELECT * FROM entries WHERE number > {head} ORDER BY number, place");
    keys = ledger.Read($"SELECT * FROM idempotency_keys WHERE number > {head} ORDER BY number");
}

using var insertOperation = copy.Prepare(operations.Insert("operations"));
using var insertEntry = copy.Prepare(entries.Insert("entries"));
using var insertKey = copy.Prepare(keys.Insert("idempotency_keys"));
using var moveHead = copy.Prepare("UPDATE books SET head_number = ?1, head_hash = ?2, head_at = ?3 WHERE book = ?4");
var (nextEntry, nextKey) = (0, 0);
var started = Stopwatch.GetTimestamp();
for (var done = 0; done < operations.Count; done += batch)
{
    var end = Math.Min(done + batch, operations.Count);
    var last = operations.Number(end - 1);
    copy.Run("BEGIN IMMEDIATE");
    moveHead.Run([last, operations.Value(end - 1, "hash"), operations.Value(end - 1, "at"), operations.Value(end - 1, "book")]);
    for (var place = done; place < end; place++)
        insertOperation.Run(operations[place]);
    for (; nextEntry < entries.Count && entries.Number(nextEntry) <= last; nextEntry++)
        insertEntry.Run(entries[nextEntry]);
    for (; nextKey < keys.Count && keys.Number(nextKey) <= last; nextKey++)
        insertKey.Run(keys[nextKey]);
    copy.Run("COMMIT");
}

var elapsed = Stopwatch.GetElapsedTime(started);
Console.Out.WriteLine((long)operations.Count * TimeSpan.TicksPerSecond / Math.Max(1, elapsed.Ticks));
return 0;
