using System.Globalization;
using System.Security.Cryptography;
using Kopeck.Testing;

namespace Kopeck.Formats.Tests;

/// <summary>A month's end for everybody: killed in the middle it goes on at the same pin, and its index tells the truth.</summary>
public sealed class MonthEndTests(DemoBook demo)
{
    const string Heading = "customer,file,bytes,sha256,problem";

    static readonly string Month = TimeProvider.System.GetUtcNow().AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Killed_in_the_middle_it_goes_on_and_every_file_is_what_a_single_statement_is()
    {
        using var folder = new TestFolder();
        var output = folder.File("month");
        string[] command =
            ["statements", "--month", Month, "--format", "pdf", "--output", output, "--parallel", "2", "--database", demo.Database];
        using (var first = Shell.Start(Shell.Kopeck, command))
        {
            await Checks.EventuallyAsync(
                () => Task.FromResult(Directory.Exists(output) && Directory.GetFiles(output, "*.pdf").Length >= 5), "some files are there");
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var index = Path.Combine(output, $"index-{Month}-pdf.csv");
        Assert.False(File.Exists(index));
        var before = Directory.GetFiles(output, "*.pdf").ToDictionary(file => file, File.GetLastWriteTimeUtc);

        // What a broken disk or a hand left of a file is drawn again.
        var damaged = before.Keys.Order(StringComparer.Ordinal).First();
        await File.WriteAllTextAsync(damaged, "cut", TestContext.Current.CancellationToken);
        var second = Shell.Try(Shell.Kopeck, null, command);
        Assert.True(second.ExitCode == 0, second.Errors);

        var lines = await File.ReadAllLinesAsync(index, TestContext.Current.CancellationToken);
        var pin = lines[0].Split(' ')[1];
        Assert.Equal(Heading, lines[1]);
        var entries = lines[2..].Select(line => line.Split(',')).ToList();
        Assert.Equal(100, entries.Count);
        Assert.Equal(entries.Count, entries.Select(entry => entry[1]).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        foreach (var entry in entries)
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(output, entry[1]), TestContext.Current.CancellationToken);
            Assert.Equal(
                (entry[2], entry[3], ""),
                (bytes.Length.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(SHA256.HashData(bytes)), entry[4]));
        }

        // Nothing else is left, and most of what was there was not drawn again.
        Assert.Equal(entries.Count + 1, Directory.GetFiles(output).Length);
        Assert.True(before.Count(file => File.GetLastWriteTimeUtc(file.Key) == file.Value) >= before.Count / 2);
        Assert.Matches("[1-9][0-9]* of them there before", second.Errors);
        foreach (var entry in new[] { entries[0], entries[50] })
        {
            var alone = folder.File("alone.pdf");
            demo.Draw(
                "pdf", alone, "--force", "--customer", entry[0], "--since", Month + "-01", "--until", NextMonth() + "-01", "--at", pin);
            Assert.Equal(
                await File.ReadAllBytesAsync(alone, TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(Path.Combine(output, entry[1]), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Some_customers_in_another_format_and_zone_have_an_index_of_their_own()
    {
        using var folder = new TestFolder();
        var output = folder.File("month");
        var customers = (await demo.CustomersAsync()).Take(3).ToList();
        var drawn = Shell.Try(
            Shell.Kopeck, null, "statements", "--month", Month, "--format", "csv", "--output", output, "--tz", "Pacific/Auckland",
            "--customers", string.Join(',', customers) + ",999999", "--database", demo.Database);
        Assert.True(drawn.ExitCode == 0, drawn.Errors);
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(output, $"index-{Month}-csv.csv"), TestContext.Current.CancellationToken);
        Assert.Contains("Pacific/Auckland", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            customers.Select(customer => customer.ToString(CultureInfo.InvariantCulture)), lines[2..].Select(line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData("--month", "2026-13")]
    [InlineData("--month", "October")]
    [InlineData("--format", "doc")]
    [InlineData("--parallel", "0")]
    [InlineData("--tz", "Mars/Olympus")]
    [InlineData("--customers", "1,two")]
    public void What_is_wrong_is_said_before_anything_is_written(string option, string value)
    {
        using var folder = new TestFolder();
        var output = folder.File("month");
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["--month"] = Month,
            ["--format"] = "csv",
            ["--output"] = output,
            [option] = value,
        };
        var refused = Shell.Try(
            Shell.Kopeck, null,
            ["statements", .. arguments.SelectMany(pair => new[] { pair.Key, pair.Value }), "--database", demo.Database]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(option, refused.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    static string NextMonth() =>
        DateOnly.ParseExact(Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).AddMonths(1)
            .ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
