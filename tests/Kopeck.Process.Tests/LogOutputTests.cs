using System.Globalization;
using System.Text;
using Kopeck.Cli.Logging;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>Lines of the log: none is lost at a normal stop, and a log that stands still holds up nobody.</summary>
public sealed class LogOutputTests
{
    static readonly byte[] Line = "a line of the log\n"u8.ToArray();

    [Fact]
    public void Lines_come_whole_and_in_their_order_from_whatever_threads()
    {
        using var stream = new MemoryStream();
        using (var output = new LineOutput(stream, TimeProvider.System))
        {
            Parallel.For(0, 8, writer =>
            {
                for (var count = 0; count < 2_000; count++)
                    output.Put(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{writer} {count}\n")), isUrgent: false);
            });
            Assert.Equal(0, output.PassedOver);
        }

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(16_000, lines.Length);
        var expected = Enumerable.Range(0, 2_000).Select(count => count.ToString(CultureInfo.InvariantCulture)).ToList();
        foreach (var of in lines.Select(line => line.Split(' ')).GroupBy(line => line[0]))
            Assert.Equal(expected, of.Select(line => line[1]));
    }

    [Fact]
    public void Many_lines_are_few_writes()
    {
        using var stream = new GatedStream(isOpen: true);
        using (var output = new LineOutput(stream, TimeProvider.System))
        {
            for (var count = 0; count < 50_000; count++)
                output.Put(Line, isUrgent: false);
            Assert.True(output.Flush());
        }

        Assert.Equal(50_000 * Line.Length, stream.Taken.Length);
        Assert.InRange(stream.Writes, 1, 500);
    }

    [Fact]
    public void What_is_flushed_is_written_and_an_urgent_line_does_not_wait_for_others()
    {
        using var stream = new GatedStream(isOpen: true);
        using var output = new LineOutput(stream, TimeProvider.System);
        output.Put(Line, isUrgent: true);
        stream.WaitForWrite();
        output.Put(Line, isUrgent: false);
        Assert.True(output.Flush());
        Assert.Equal(2 * Line.Length, stream.Taken.Length);
    }

    [Fact]
    public void A_stream_that_stands_still_holds_up_nobody_and_what_was_passed_over_is_counted()
    {
        const int Most = 64 << 10;
        using var stream = new GatedStream(isOpen: false);
        using (var output = new LineOutput(stream, TimeProvider.System, Most))
        {
            output.Put(Line, isUrgent: true);
            stream.WaitForWrite();
            // One of them is being written for ever; of these as many fit as may wait.
            var fitting = Most / Line.Length;
            for (var count = 0; count < fitting + 1_000; count++)
                output.Put(Line, isUrgent: false);
            Assert.Equal(1_000, output.PassedOver);
            stream.Open();
            Assert.True(output.Flush());
            output.Put("after\n"u8, isUrgent: false);
        }

        var text = Encoding.UTF8.GetString(stream.Taken);
        Assert.Contains("1000 lines of the log were passed over", text, StringComparison.Ordinal);
        Assert.EndsWith("after\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_is_closed_stops_nothing()
    {
        var stream = new MemoryStream();
        stream.Dispose();
        using var output = new LineOutput(stream, TimeProvider.System);
        for (var count = 0; count < 10; count++)
            output.Put(Line, isUrgent: true);
        Assert.True(output.Flush());
    }

    [Fact]
    public async Task A_server_that_is_stopped_has_told_of_every_request()
    {
        const int Requests = 2_000;
        using var folder = new Folder();
        await using var server = await Server.StartAsync(
            folder, log: "warning", variables: new Dictionary<string, string> { ["KOPECK_LOG_REQUESTS"] = "true" });
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (_, _) => Assert.Equal(200, (await server.GetAsync("/v1/currencies")).Status));
        Assert.Equal(0, await server.StopAsync());
        await Checks.EventuallyAsync(() => Task.FromResult(Count(server) >= Requests), "a line for each request");
        Assert.Equal(Requests, Count(server));
    }

    [Fact]
    public async Task A_server_whose_log_is_not_read_serves_all_the_same()
    {
        using var folder = new Folder();
        Directory.CreateDirectory(folder.Keys);
        // Its standard error is a pipe that nobody reads from.
        var pipe = Path.Combine(folder.Keys, "log");
        Shell.Run("mkfifo", pipe);
        await using var keptOpen = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        await using var server = await Server.StartAsync(
            folder, log: "warning", program: WriteWrapper(folder, pipe),
            variables: new Dictionary<string, string> { ["KOPECK_LOG_REQUESTS"] = "true" });
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 3_000), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (_, _) => Assert.Equal(200, (await server.GetAsync("/v1/currencies")).Status));
        // More than a pipe holds (64 KiB) was told; the server still stops when it is told to.
        Assert.Equal(0, await server.StopAsync());
    }

    static int Count(Server server) =>
        server.Log.Split('\n').Count(line => line.Contains("GET /v1/currencies 200", StringComparison.Ordinal));

    static string WriteWrapper(Folder folder, string pipe)
    {
        var path = Path.Combine(folder.Keys, "kopeck-without-log");
        File.WriteAllText(path, $"#!/bin/sh\nexec {Shell.Kopeck} \"$@\" 2>{pipe}\n");
        Shell.Run("chmod", "700", path);
        return path;
    }

    /// <summary>A stream that takes nothing until it is opened.</summary>
    sealed class GatedStream : MemoryStream
    {
        readonly ManualResetEventSlim open;
        readonly ManualResetEventSlim written = new();
        readonly MemoryStream taken = new();

        public GatedStream(bool isOpen) => open = new ManualResetEventSlim(isOpen);

        public int Writes { get; private set; }

        public byte[] Taken
        {
            get
            {
                lock (taken)
                    return taken.ToArray();
            }
        }

        public void Open() => open.Set();

        public void WaitForWrite()
        {
            written.Wait(TestContext.Current.CancellationToken);
            written.Reset();
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            written.Set();
            open.Wait();
            lock (taken)
                taken.Write(buffer, offset, count);
            Writes++;
        }

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        protected override void Dispose(bool disposing)
        {
            open.Set();
            base.Dispose(disposing);
        }
    }
}
