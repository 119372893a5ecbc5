using System.Text.Json;
using Kopeck.Cli.Commands;
using Kopeck.Engine.Verification;

namespace Kopeck.Cli.Bench;

/// <summary>What a bench measured, as JSON or as lines. Whole numbers only.</summary>
sealed class BenchReport(BenchPlan plan, string target, Tally warmUp, Tally measured)
{
    static readonly (string Name, int PerMille)[] Shares = [("p50", 500), ("p95", 950), ("p99", 990), ("p999", 999)];

    long Milliseconds => (long)measured.Elapsed.TotalMilliseconds;

    long PerSecond =>
        Milliseconds == 0 ? 0 : (long)((Int128)measured.Operations * TimeSpan.TicksPerSecond / Math.Max(1, measured.Elapsed.Ticks));

    public void WriteText()
    {
        Console.Out.WriteLine(target);
        var rows = new List<string[]>
        {
            new[] { "operations", Output.Text(measured.Operations) },
            new[] { "accepted", Output.Text(measured.Accepted) },
            new[] { "time, ms", Output.Text(Milliseconds) },
            new[] { "operations a second", Output.Text(PerSecond) },
        };
        rows.AddRange(
            Shares.Select(share => new[] { $"{share.Name}, µs", Output.Text(measured.Latency.AtPerMille(share.PerMille) / 1000) }));
        rows.Add(["max, µs", Output.Text(measured.Latency.MaxNanoseconds / 1000)]);
        rows.AddRange(measured.Rejections.Select(pair => new[] { $"rejected: {pair.Key}", Output.Text(pair.Value) }));
        rows.AddRange(measured.Errors.Select(pair => new[] { $"error: {pair.Key}", Output.Text(pair.Value) }));
        rows.AddRange(warmUp.Errors.Select(pair => new[] { $"error while warming up: {pair.Key}", Output.Text(pair.Value) }));
        Output.Table(isJson: false, ["", plan.Batch > 1 ? $"in batches of {plan.Batch}" : "one by one"], rows);
    }

    public void WriteJson(VerificationResult? verification)
    {
        using var stream = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("target", target);
            json.WriteNumber("connections", plan.Connections);
            json.WriteNumber("batch", plan.Batch);
            json.WriteNumber("accounts", plan.Accounts);
            json.WriteString("spread", plan.Spread.ToString().ToLowerInvariant());
            json.WriteNumber("startedAtMs", measured.StartedAt.ToUnixTimeMilliseconds());
            json.WriteNumber("elapsedMs", Milliseconds);
            WriteCounts(json, measured);
            json.WriteNumber("perSecond", PerSecond);
            json.WriteStartObject("latencyUs");
            foreach (var (name, perMille) in Shares)
                json.WriteNumber(name, measured.Latency.AtPerMille(perMille) / 1000);
            json.WriteNumber("max", measured.Latency.MaxNanoseconds / 1000);
            json.WriteEndObject();
            json.WriteStartObject("warmUp");
            WriteCounts(json, warmUp);
            json.WriteEndObject();
            json.WritePropertyName("verified");
            WriteVerification(json, verification);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    static void WriteCounts(Utf8JsonWriter json, Tally tally)
    {
        json.WriteNumber("requests", tally.Requests);
        json.WriteNumber("operations", tally.Operations);
        json.WriteNumber("accepted", tally.Accepted);
        WriteCodes(json, "rejections", tally.Rejections);
        WriteCodes(json, "errors", tally.Errors);
    }

    static void WriteCodes(Utf8JsonWriter json, string name, SortedDictionary<string, long> codes)
    {
        json.WriteStartObject(name);
        foreach (var (code, count) in codes)
            json.WriteNumber(code, count);
        json.WriteEndObject();
    }

    static void WriteVerification(Utf8JsonWriter json, VerificationResult? verification)
    {
        if (verification is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteBoolean("isRight", verification.Finding is null);
        json.WriteString("finding", verification.Finding?.ToString());
        json.WriteNumber("operations", verification.Operations);
        json.WriteEndObject();
    }
}
