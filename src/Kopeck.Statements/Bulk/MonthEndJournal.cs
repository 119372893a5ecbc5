using System.Text;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Bulk;

/// <summary>
/// What is done of a month's end, line by line, so that it goes on where it was stopped: at the same pin, or what is made would not be of
/// one moment. At the end it becomes the index, in the order of the customers.
/// </summary>
sealed class MonthEndJournal : IDisposable
{
    readonly string path;
    readonly string index;
    readonly string head;
    readonly StreamWriter writer;
    readonly Lock gate = new();
    readonly SortedDictionary<long, MonthEndEntry> done;

    MonthEndJournal(string index, string head, SortedDictionary<long, MonthEndEntry> done)
    {
        (this.index, this.head, this.done) = (index, head, done);
        path = Part(index);
        var isNew = !File.Exists(path);
        writer = new StreamWriter(path, append: true, new UTF8Encoding(false)) { NewLine = "\n" };
        if (isNew)
        {
            writer.WriteLine(head);
            writer.Flush();
        }
    }

    /// <summary>The name of the index of a month in a format.</summary>
    public static string IndexOf(MonthEndRequest request) =>
        Path.Combine(request.Folder, $"index-{request.Month:yyyy-MM}-{request.Writer.Format}.csv");

    /// <summary>The number that an earlier run was pinned at; null where there is none, or it was of another question.</summary>
    public static long? PinOf(MonthEndRequest request)
    {
        var file = Part(IndexOf(request));
        if (!File.Exists(file))
            return null;
        var first = File.ReadLines(file).FirstOrDefault() ?? "";
        return first.Split(' ') is ["#", var number, var question]
            && question == Question(request)
            && long.TryParse(number, out var pin) ? pin : null;
    }

    public static MonthEndJournal Open(MonthEndRequest request, long pin)
    {
        var file = IndexOf(request);
        var heading = $"# {PlainText.Of(pin)} {Question(request)}";
        var entries = new SortedDictionary<long, MonthEndEntry>();
        if (PinOf(request) == pin)
        {
            foreach (var line in File.ReadLines(Part(file)).Skip(1))
            {
                // A line that was being written when it was stopped is none.
                if (MonthEndEntry.TryParse(line, out var entry) && IsThere(request, entry))
                    entries[entry.Customer] = entry;
            }
        }
        else
        {
            File.Delete(Part(file));
        }

        return new MonthEndJournal(file, heading, entries);
    }

    public bool Has(long customer) => done.ContainsKey(customer);

    public IReadOnlyCollection<MonthEndEntry> Done => done.Values;

    public void Add(MonthEndEntry entry)
    {
        lock (gate)
        {
            done[entry.Customer] = entry;
            writer.WriteLine(entry.ToString());
            writer.Flush();
        }
    }

    /// <summary>Writes the index.</summary>
    public string Finish()
    {
        writer.Dispose();
        var whole = index + ".new";
        File.WriteAllText(
            whole,
            string.Concat(
                new[] { head, MonthEndEntry.Heading }.Concat(done.Values.Select(entry => entry.ToString())).Select(line => line + "\n")));
        File.Move(whole, index, overwrite: true);
        File.Delete(path);
        return index;
    }

    public void Dispose() => writer.Dispose();

    static string Part(string index) => index + ".part";

    static string Question(MonthEndRequest request) =>
        $"{request.Book}/{request.Month:yyyy-MM}/{request.Zone}/{request.Writer.Format}/{request.Language.Code}";

    static bool IsThere(MonthEndRequest request, MonthEndEntry entry) =>
        entry.File.Length == 0
            || (new FileInfo(Path.Combine(request.Folder, entry.File)) is { Exists: true } file && file.Length == entry.Bytes);
}
