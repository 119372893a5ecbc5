using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Kopeck.Engine.Verification;

namespace Kopeck.Verification.Tests;

/// <summary>The export, and the stand-alone script that anybody can verify it with.</summary>
public abstract class ExportTests(History history)
{
    static readonly string Script = Path.Combine(AppContext.BaseDirectory, "verify_journal.py");

    [Fact]
    public async Task The_script_finds_an_export_right()
    {
        using var folder = new TemporaryFolder();
        foreach (var withPersonal in new[] { true, false })
        {
            var lines = await ExportAsync(withPersonal);
            Assert.Equal(history.Head.Number, lines.Count);
            var (code, said) = await RunAsync(folder, lines, $"{history.Head.Number}:{history.Head.Hash}");
            Assert.True(code == 0, said);
            Assert.Contains($"head {history.Head.Number}:{history.Head.Hash}", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_export_has_the_personal_values_that_were_not_erased_and_no_others()
    {
        var all = string.Join('\n', await ExportAsync(withPersonal: true));
        Assert.Contains("Änna Müller", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Zoé Faure", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Nice", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Müller", string.Join('\n', await ExportAsync(withPersonal: false)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_finds_every_changed_member_and_names_the_line()
    {
        using var folder = new TemporaryFolder();
        var lines = await ExportAsync(withPersonal: true);
        var conversion = lines.FindIndex(line => line.Contains("fromQuote", StringComparison.Ordinal));
        var registration = lines.FindIndex(line => line.Contains("Änna", StringComparison.Ordinal));
        foreach (var place in new[] { registration, conversion })
        {
            foreach (var (path, changed) in Changes(lines[place]))
            {
                var damaged = lines.ToList();
                damaged[place] = changed;
                var (code, said) = await RunAsync(folder, damaged);
                Assert.True(code == 1, $"{path}: {said}");
                // A group that is said to be longer shows itself in the next line.
                Assert.True(said.StartsWith($"line {place + 1}: ", StringComparison.Ordinal), $"{path}: {said}");
            }
        }
    }

    [Fact]
    public async Task The_script_finds_lines_that_are_missing_twice_swapped_or_garbage()
    {
        using var folder = new TemporaryFolder();
        var lines = await ExportAsync(withPersonal: true);
        await RequireWrongAsync(folder, [.. lines[..7], .. lines[8..]], 8);
        await RequireWrongAsync(folder, [.. lines[..7], lines[6], .. lines[7..]], 8);
        await RequireWrongAsync(folder, [.. lines[..6], lines[7], lines[6], .. lines[8..]], 7);
        await RequireWrongAsync(folder, [.. lines[..6], "{}", .. lines[7..]], 7);
        await RequireWrongAsync(folder, [.. lines[..6], "no JSON", .. lines[7..]], 7);
        await RequireWrongAsync(folder, [.. lines[..6], lines[6][..^5], .. lines[7..]], 7);
        await RequireWrongAsync(folder, [], 0);
        await RequireWrongAsync(folder, lines[..^1], lines.Count - 1, $"{history.Head.Number}:{history.Head.Hash}");
        await RequireWrongAsync(folder, lines, lines.Count, $"{history.Head.Number}:{new string('0', 64)}");
    }

    static IEnumerable<(string Path, string Line)> Changes(string line)
    {
        foreach (var path in Leaves(JsonNode.Parse(line)!, []))
        {
            var copy = JsonNode.Parse(line)!;
            var parent = path[..^1].Aggregate(copy, (node, step) => step is int index ? node[index]! : node[(string)step]!);
            var value = path[^1] is int place ? parent[place]! : parent[(string)path[^1]]!;
            JsonNode other = value.GetValueKind() switch
            {
                System.Text.Json.JsonValueKind.Number => value.GetValue<long>() + 1,
                _ when long.TryParse(
                    value.GetValue<string>(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                    (number + 1).ToString(CultureInfo.InvariantCulture),
                _ => value.GetValue<string>() is { Length: > 0 } text ? (text[0] == '0' ? '1' : '0') + text[1..] : "x",
            };
            if (path[^1] is int element)
                parent[element] = other;
            else
                parent[(string)path[^1]] = other;
            yield return (string.Join('.', path), copy.ToJsonString());
        }
    }

    static IEnumerable<object[]> Leaves(JsonNode node, object[] path) => node switch
    {
        JsonObject json =>
            json.Where(member => member.Value is not null).SelectMany(member => Leaves(member.Value!, [.. path, member.Key])),
        JsonArray array => array.SelectMany((item, index) => Leaves(item!, [.. path, index])),
        _ => [path],
    };

    static async Task RequireWrongAsync(TemporaryFolder folder, List<string> lines, int place, string? head = null)
    {
        var (code, said) = await RunAsync(folder, lines, head);
        Assert.True(code == 1 && said.StartsWith($"line {place}: ", StringComparison.Ordinal), said);
    }

    static async Task<(int Code, string Said)> RunAsync(TemporaryFolder folder, IEnumerable<string> lines, string? head = null)
    {
        var file = folder.File("export.jsonl");
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
        string[] arguments = head is null ? [Script, file] : [Script, file, head];
        using var process = Process.Start(
            new ProcessStartInfo("python3", arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said + await errors);
    }

    async Task<List<string>> ExportAsync(bool withPersonal)
    {
        await using var copy = await history.CopyAsync();
        await using var store = copy.Ledger.OpenStore();
        using var output = new MemoryStream();
        var count =
            await JournalExport.WriteAsync(store, history.Book, 0, withPersonal, output, null, TestContext.Current.CancellationToken);
        var lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        Assert.Equal(count, lines.Count);
        return lines;
    }
}

public sealed class SqliteExportTests(SqliteHistory history) : ExportTests(history), IClassFixture<SqliteHistory>;

public sealed class PostgresExportTests(PostgresHistory history) : ExportTests(history), IClassFixture<PostgresHistory>;
