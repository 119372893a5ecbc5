using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Kopeck.Api;
using Kopeck.Engine;
using Kopeck.Engine.Hosting;

namespace Kopeck.Server.Hosting;

/// <summary>Counts of requests, written in Prometheus' text format (0.0.4).</summary>
sealed class ServerMetrics(LedgerEngine engine)
{
    readonly ConcurrentDictionary<(string Method, string Path, int Status), Counter> counters = new();
    readonly ConcurrentDictionary<string, Counter> refusals = new(StringComparer.Ordinal);

    public void Count(Call? call, int status, TimeSpan took)
    {
        var counter = counters.GetOrAdd((call?.Method ?? "", call?.Path ?? "", status), _ => new Counter());
        Interlocked.Increment(ref counter.Requests);
        Interlocked.Add(ref counter.Microseconds, (long)took.TotalMicroseconds);
    }

    public void CountRefusal(string code) => Interlocked.Increment(ref refusals.GetOrAdd(code, _ => new Counter()).Requests);

    public string Write()
    {
        var text = new StringBuilder();
        text.Append("# HELP kopeck_http_requests_total Requests by call and status.\n# TYPE kopeck_http_requests_total counter\n");
        foreach (var (key, counter) in counters)
            text.Append(
                CultureInfo.InvariantCulture,
                $"kopeck_http_requests_total{{method=\"{key.Method}\",route=\"{key.Path}\",status=\"{key.Status}\"}} {Interlocked.Read(ref counter.Requests)}\n");
        text.Append(
            "# HELP kopeck_http_request_microseconds_total Time spent on requests by call and status.\n# TYPE kopeck_http_request_microseconds_total counter\n");
        foreach (var (key, counter) in counters)
            text.Append(
                CultureInfo.InvariantCulture,
                $"kopeck_http_request_microseconds_total{{method=\"{key.Method}\",route=\"{key.Path}\",status=\"{key.Status}\"}} {Interlocked.Read(ref counter.Microseconds)}\n");
        text.Append("# HELP kopeck_refusals_total Requests over HTTP that were refused, by code.\n# TYPE kopeck_refusals_total counter\n");
        foreach (var (code, counter) in refusals)
            text.Append(
                CultureInfo.InvariantCulture, $"kopeck_refusals_total{{code=\"{code}\"}} {Interlocked.Read(ref counter.Requests)}\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"# HELP kopeck_engine_waiting_commands Commands that wait for a commit.\n# TYPE kopeck_engine_waiting_commands gauge\nkopeck_engine_waiting_commands {engine.Waiting}\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"# HELP kopeck_known_accounts Accounts in memory, of all books.\n# TYPE kopeck_known_accounts gauge\nkopeck_known_accounts {engine.KnownAccounts}\n");
        WriteBooks(text, "kopeck_batches_committed_total", "counter", "Batches that were committed.", book => book.Counts.CommittedBatches);
        WriteBooks(text, "kopeck_operations_committed_total", "counter", "Operations in them.", book => book.Counts.CommittedOperations);
        WriteBooks(
            text,
            "kopeck_batches_lost_total",
            "counter",
            "How often a batch was decided again because another node wrote first.",
            book => book.Counts.LostBatches);
        WriteBooks(
            text,
            "kopeck_batches_lost_in_a_row_max",
            "gauge",
            "The most losses in a row that one batch had.",
            book => book.Counts.MostLostInARow);
        WriteBooks(text, "kopeck_batches_broken_total", "counter", "Batches in which a bug showed.", book => book.Counts.BrokenBatches);
        WriteBooks(
            text,
            "kopeck_executor_breaks_total",
            "counter",
            "How often the book's executor broke and was started again.",
            book => book.ExecutorBreaks);
        WriteBooks(
            text, "kopeck_book_stopped", "gauge",
            "1 where the book is stopped on this node, as the store does not hold what was acknowledged.",
            book => book.Condition == BookCondition.Stopped ? 1 : 0);
        return text.ToString();
    }

    void WriteBooks(StringBuilder text, string name, string type, string help, Func<BookHealth, long> value)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var book in engine.Books)
            text.Append(CultureInfo.InvariantCulture, $"{name}{{book=\"{book.Book}\"}} {value(book)}\n");
    }

    sealed class Counter
    {
        public long Requests;
        public long Microseconds;
    }
}
