using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Kopeck.Engine;
using Kopeck.Server.Calls;

namespace Kopeck.Server.Hosting;

/// <summary>Counts of requests, written in Prometheus' text format (0.0.4).</summary>
sealed class ServerMetrics(LedgerEngine engine)
{
    readonly ConcurrentDictionary<(string Method, string Path, int Status), Counter> counters = new();

    public void Count(Call? call, int status, TimeSpan took)
    {
        var counter = counters.GetOrAdd((call?.Method ?? "", call?.Path ?? "", status), _ => new Counter());
        Interlocked.Increment(ref counter.Requests);
        Interlocked.Add(ref counter.Microseconds, (long)took.TotalMicroseconds);
    }

    public string Write()
    {
        var text = new StringBuilder();
        text.Append("# HELP kopeck_http_requests_total Requests by call and status.\n# TYPE kopeck_http_requests_total counter\n");
        foreach (var (key, counter) in counters)
            text.Append(CultureInfo.InvariantCulture, $"kopeck_http_requests_total{{method=\"{key.Method}\",route=\"{key.Path}\",status=\"{key.Status}\"}} {Interlocked.Read(ref counter.Requests)}\n");
        text.Append("# HELP kopeck_http_request_microseconds_total Time spent on requests by call and status.\n# TYPE kopeck_http_request_microseconds_total counter\n");
        foreach (var (key, counter) in counters)
            text.Append(CultureInfo.InvariantCulture, $"kopeck_http_request_microseconds_total{{method=\"{key.Method}\",route=\"{key.Path}\",status=\"{key.Status}\"}} {Interlocked.Read(ref counter.Microseconds)}\n");
        text.Append(CultureInfo.InvariantCulture, $"# HELP kopeck_engine_waiting_commands Commands that wait for a commit.\n# TYPE kopeck_engine_waiting_commands gauge\nkopeck_engine_waiting_commands {engine.Waiting}\n");
        WriteBatches(text);
        return text.ToString();
    }

    void WriteBatches(StringBuilder text)
    {
        var counts = engine.Counts;
        void Write(string name, string type, string help, long value) =>
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n{name} {value}\n");

        Write("kopeck_batches_committed_total", "counter", "Batches that were written.", counts.Sum(count => count.CommittedBatches));
        Write("kopeck_operations_committed_total", "counter", "Operations that were written.", counts.Sum(count => count.CommittedOperations));
        Write("kopeck_batches_lost_total", "counter", "How often a batch was decided again because another node wrote first.", counts.Sum(count => count.LostBatches));
        Write("kopeck_batches_lost_in_a_row_max", "gauge", "The most losses in a row that one batch had since the start.", counts.Select(count => count.MostLostInARow).DefaultIfEmpty().Max());
    }

    sealed class Counter
    {
        public long Requests;
        public long Microseconds;
    }
}
