using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Kopeck.Engine;
using Kopeck.Engine.Hosting;
using Kopeck.Ledger.Errors;

namespace Kopeck.Server.Hosting;

/// <summary>
/// What is measured of a server's interfaces and its engine: written in Prometheus' text format (0.0.4), and by the meter
/// <see cref="MeterName"/> for OpenTelemetry. Names are those of OpenTelemetry's semantic conventions where these have one.
/// </summary>
public sealed class ServerMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Kopeck.Server";

    const string HttpName = "http_server_request_duration_seconds";
    const string GrpcName = "rpc_server_call_duration_seconds";

    readonly ConcurrentDictionary<(string Method, string Route, int Status), DurationCounts> http = new();
    readonly ConcurrentDictionary<(string Method, int Status), DurationCounts> grpc = new();
    readonly ConcurrentDictionary<ErrorCode, StrongCount> refusals = new();
    readonly Meter meter = new(MeterName);
    readonly Histogram<double> httpSeconds;
    readonly Histogram<double> grpcSeconds;
    readonly Counter<long> refused;
    readonly DateTimeOffset started = TimeProvider.System.GetUtcNow();

    /// <summary>Nothing was measured yet.</summary>
    public ServerMetrics()
    {
        httpSeconds = meter.CreateHistogram<double>("http.server.request.duration", "s", "Duration of HTTP requests by call and status");
        grpcSeconds = meter.CreateHistogram<double>("rpc.server.call.duration", "s", "Duration of gRPC calls by method and status");
        refused = meter.CreateCounter<long>("kopeck.requests.refused", "{request}", "Requests that were refused, by code");
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    internal void Count(RequestTrace trace, string method, string route, int status, TimeSpan took)
    {
        if (trace.Code is { } code)
        {
            Interlocked.Increment(ref refusals.GetOrAdd(code, static _ => new StrongCount()).Value);
            if (refused.Enabled)
                refused.Add(1, new KeyValuePair<string, object?>("error.type", code.Name()));
        }

        if (trace.Protocol == "http")
            CountHttp(method, route, status, took);
        else
            CountGrpc(route, status, took);
    }

    internal string Write(LedgerEngine engine, KeyShares shares)
    {
        var text = new StringBuilder();
        WriteRequests(text);
        Gauge(text, "kopeck_engine_waiting_commands", "Commands that wait for a commit.", engine.Waiting);
        Gauge(text, "kopeck_known_accounts", "Accounts in memory, of all books.", engine.KnownAccounts);
        Gauge(text, "kopeck_open_streams", "Feeds, lists, files and bulk submissions that are open.", shares.Streams);
        Gauge(text, "kopeck_held_bytes", "Bytes of large requests and answers that are not finished.", shares.Bytes);
        WriteEngine(text, engine);
        WriteProcess(text);
        return text.ToString();
    }

    void CountHttp(string method, string route, int status, TimeSpan took)
    {
        http.GetOrAdd((method, route, status), static _ => new DurationCounts()).Add(took);
        if (httpSeconds.Enabled)
            httpSeconds.Record(
                took.TotalSeconds,
                new("http.request.method", method), new("http.route", route), new("http.response.status_code", status));
    }

    void CountGrpc(string method, int status, TimeSpan took)
    {
        grpc.GetOrAdd((method, status), static _ => new DurationCounts()).Add(took);
        if (grpcSeconds.Enabled)
            grpcSeconds.Record(took.TotalSeconds, new("rpc.method", method), new("rpc.response.status_code", status));
    }

    void WriteRequests(StringBuilder text)
    {
        Head(text, "kopeck_http_requests_total", "counter", "Requests by call and status.");
        foreach (var (key, durations) in http)
            text.Append(
                CultureInfo.InvariantCulture,
                $"kopeck_http_requests_total{{method=\"{key.Method}\",route=\"{key.Route}\",status=\"{key.Status}\"}} {durations.Parts.Sum()}\n");
        Head(text, HttpName, "histogram", "Duration of HTTP requests by call and status.");
        foreach (var (key, durations) in http)
            PrometheusText.Write(
                text,
                HttpName,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"http_request_method=\"{key.Method}\",http_route=\"{key.Route}\",http_response_status_code=\"{key.Status}\""),
                durations);
        Head(text, GrpcName, "histogram", "Duration of gRPC calls by method and status.");
        foreach (var (key, durations) in grpc)
            PrometheusText.Write(
                text,
                GrpcName,
                string.Create(CultureInfo.InvariantCulture, $"rpc_method=\"{key.Method}\",rpc_response_status_code=\"{key.Status}\""),
                durations);
        Head(text, "kopeck_requests_refused_total", "counter", "Requests that were refused, by code.");
        foreach (var (code, count) in refusals)
            text.Append(
                CultureInfo.InvariantCulture, $"kopeck_requests_refused_total{{code=\"{code.Name()}\"}} {Interlocked.Read(ref count.Value)}\n");
    }

    static void WriteEngine(StringBuilder text, LedgerEngine engine)
    {
        var books = engine.Books;
        void Books(string name, string type, string help, Func<BookHealth, long> value)
        {
            Head(text, name, type, help);
            foreach (var book in books)
                text.Append(CultureInfo.InvariantCulture, $"{name}{{book=\"{book.Book}\"}} {value(book)}\n");
        }

        Books("kopeck_batches_committed_total", "counter", "Batches that were committed.", book => book.Counts.CommittedBatches);
        Head(text, "kopeck_commit_duration_seconds", "histogram", "How long commits took.");
        foreach (var book in books)
            PrometheusText.Write(text, "kopeck_commit_duration_seconds", $"book=\"{book.Book}\"", book.Counts.CommitDurations);
        Books("kopeck_journal_number", "gauge", "The last operation that this node knows of.", book => book.Counts.LastNumber);
        Books("kopeck_storage_errors_total", "counter", "Batches that the store could not write.", book => book.Counts.StorageErrors);
        Books("kopeck_operations_committed_total", "counter", "Operations in them.", book => book.Counts.CommittedOperations);
        Books(
            "kopeck_batches_lost_total", "counter", "How often a batch was decided again because another node wrote first.",
            book => book.Counts.LostBatches);
        Books(
            "kopeck_batches_lost_in_a_row_max", "gauge", "The most losses in a row that one batch had.", book => book.Counts.MostLostInARow);
        Books("kopeck_batches_broken_total", "counter", "Batches in which a bug showed.", book => book.Counts.BrokenBatches);
        Books(
            "kopeck_executor_breaks_total", "counter", "How often the book's executor broke and was started again.",
            book => book.ExecutorBreaks);
        Books(
            "kopeck_book_stopped", "gauge",
            "1 where the book is stopped on this node, as the store does not hold what was acknowledged.",
            book => book.Condition == BookCondition.Stopped ? 1 : 0);
    }

    void WriteProcess(StringBuilder text)
    {
        using var process = Process.GetCurrentProcess();
        var cpu = (long)process.TotalProcessorTime.TotalMilliseconds;
        Head(text, "process_cpu_seconds_total", "counter", "Processor time of the process.");
        text.Append(CultureInfo.InvariantCulture, $"process_cpu_seconds_total {cpu / 1_000}.{cpu % 1_000:D3}\n");
        Gauge(text, "process_resident_memory_bytes", "Memory of the process.", process.WorkingSet64);
        Gauge(text, "process_start_time_seconds", "When the process started, in seconds since 1970.", started.ToUnixTimeSeconds());
        Gauge(text, "dotnet_gc_heap_bytes", "Bytes that the collector manages.", GC.GetTotalMemory(forceFullCollection: false));
        Head(text, "kopeck_build_info", "gauge", "1, with the program's version.");
        var version = typeof(ServerMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        text.Append(CultureInfo.InvariantCulture, $"kopeck_build_info{{version=\"{version?.Split('+')[0]}\"}} 1\n");
    }

    static void Gauge(StringBuilder text, string name, string help, long value)
    {
        Head(text, name, "gauge", help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    static void Head(StringBuilder text, string name, string type, string help) => text.Append(
        CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    sealed class StrongCount
    {
        public long Value;
    }
}
