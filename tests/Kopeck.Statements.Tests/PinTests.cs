using System.Globalization;
using System.Text;
using Kopeck.Statements.Reports;
using Kopeck.Statements.Writing;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Tests;

/// <summary>A statement of a number is the same for ever; only erased personal data are gone from it.</summary>
public abstract class PinTests(StoreEngine engine)
{
    static readonly string[] Names = ["Кузнецова", "Kuznetsova"];

    const int MostOfRound = 25;

    [Fact]
    public async Task Asked_again_for_the_same_number_everything_is_the_same_to_the_byte_whatever_was_written_since()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var story = await Story.TellAsync(book);
        var pin = (await book.GetAsync($"/v1/wallets/{story.Euro}/statement")).Json.GetProperty("pin").GetProperty("number").GetString()!;
        var paths = Paths(story, pin);
        // Without a number it is of the last operation, and tells which that was.
        var before = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            before.Add(path, (await book.GetAsync(path)).MustBe(200).Bytes);
            Assert.Equal(before[path], (await book.GetAsync(path.Replace($"at={pin}", "", StringComparison.Ordinal))).MustBe(200).Bytes);
        }

        // In the very same microsecond, and later.
        await book.DepositAsync(story.Dinar, "5");
        book.At("2026-03-06T10:00:00Z");
        await book.DoAsync("PUT", "/v1/quotes/2026-03-01", """{"KWD": "3.5", "JPY": "0.1"}""");
        await book.DoAsync("PUT", "/v1/quotes/2026-03-02", """{"KWD": "4", "JPY": "0.2"}""");
        await book.DoAsync("PATCH", $"/v1/customers/{story.Anna}", """{"name": "Anna Smith", "city": "Leeds", "country": "GB", "code": "smith"}""");
        await book.DoAsync("PATCH", $"/v1/customers/{story.Yannis}", """{"name": "John"}""");
        await book.PostAsync($"/v1/customers/{story.Anna}/wallets", """{"currency": "USD"}""");
        await book.PostAsync("/v1/transfers", $$"""{"from": "{{story.Euro}}", "to": "{{story.Yen}}", "amount": "1"}""");
        await book.PostAsync($"/v1/accounts/{story.Dinar}/freeze", """{"what": "all"}""");
        foreach (var path in paths)
        {
            Assert.True(await IsSameAsync(book, path, before[path]), path);
            Assert.False(await IsSameAsync(book, path.Replace($"at={pin}", "", StringComparison.Ordinal), before[path]), path);
        }

        Assert.Contains("Анна Кузнецова", Encoding.UTF8.GetString(before[paths[0]]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_past_instant_is_the_last_operation_at_it()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var story = await Story.TellAsync(book);
        foreach (var (instant, number)
            in new[] { ("2026-03-02T23:59:59.999999Z", "16"), ("2026-03-03", "18"), ("2026-03-02T23:59:59.999998Z", "15") })
        {
            Assert.Equal(
                (await book.GetAsync($"/v1/wallets/{story.Euro}/statement?at={number}")).MustBe(200).Text,
                (await book.GetAsync($"/v1/wallets/{story.Euro}/statement?at={instant}")).MustBe(200).Text);
        }
    }

    [Fact]
    public async Task After_an_erasure_only_the_personal_values_differ()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var story = await Story.TellAsync(book);
        const string Pin = "19";
        var own = $"/v1/customers/{story.Anna}/statement?at={Pin}&format=ndjson";
        var other = $"/v1/wallets/{story.Yen}/statement?at={Pin}&format=xml";
        // As a reader sees it, a customer is named in every format; else the search below could not fail.
        foreach (var path
            in Paths(story, Pin).Where(path => path.Contains("customers", StringComparison.Ordinal) && !NamesNoCustomer(path)))
            Assert.True(Named(Readable(path, (await book.GetAsync(path)).MustBe(200).Bytes)) is not null, path);
        foreach (var format in new[] { "mt940", "ofx" })
            Assert.NotNull(
                Named(
                    Readable(
                        format, (await book.GetAsync($"/v1/wallets/{story.Yen}/statement?at={Pin}&format={format}")).MustBe(200).Bytes)));
        var (ownBefore, otherBefore) = ((await book.GetAsync(own)).Text, (await book.GetAsync(other)).Text);
        await book.DoAsync("DELETE", $"/v1/customers/{story.Anna}/personal-data", "");

        Assert.Equal(
            ownBefore.Replace("\"name\":\"Анна Кузнецова\",\"code\":\"anna\"", "\"name\":null,\"code\":null", StringComparison.Ordinal)
                .Replace("\"city\":\"Казань\",\"erased\":false", "\"city\":null,\"erased\":true", StringComparison.Ordinal),
            (await book.GetAsync(own)).MustBe(200).Text);
        Assert.Equal(
            otherBefore.Replace(" customerName=\"Анна Кузнецова\" customerCode=\"anna\"", "", StringComparison.Ordinal),
            (await book.GetAsync(other)).MustBe(200).Text);
        foreach (var path in Paths(story, Pin))
        {
            var reply = (await book.GetAsync(path)).MustBe(200);
            var names = reply.Content.ContentDisposition!.ToString() + reply.Content.ContentDisposition.FileNameStar;
            Assert.Null(Named(names + Readable(path, reply.Bytes)));
        }

        foreach (var format in StatementFormats.All.Where(writer => writer.Format != "qfx"))
            Assert.Null(
                Named(
                    Readable(
                        format.Format,
                        (await book.GetAsync($"/v1/wallets/{story.Yen}/statement?at={Pin}&format={format.Format}")).MustBe(200).Bytes)));
        (await book.GetAsync("/v1/reports/operations?name=%D0%90%D0%BD%D0%BD%D0%B0")).MustBe(404, "not_found");
    }

    [Fact]
    public async Task While_operations_pour_in_a_statement_of_a_past_number_never_changes()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var story = await Story.TellAsync(book);
        var random = new Random(TestSeed.Next());
        using var stop = new CancellationTokenSource();
        var (written, round) = (0, 0);
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var index = 0; !stop.IsCancellationRequested; index++)
            {
                // However slow the readers are, the statements stay short enough for every format.
                while (Volatile.Read(ref written) > MostOfRound * (Volatile.Read(ref round) + 1) && !stop.IsCancellationRequested)
                    await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(book.Http, "/v1/transfers"))
                {
                    Content = new StringContent(writer % 2 == 0 ? $$"""{"from": "{{story.Euro}}", "to": "{{story.Yen}}", "amount": "0.05"}""" : $$"""{"from": "{{story.Yen}}", "to": "{{story.Euro}}", "amount": "7"}""", Encoding.UTF8, "application/json"),
                };
                request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"pour-{writer}-{index}"));
                if ((await book.SendAsync(request)).Status == 201)
                    Interlocked.Increment(ref written);
            }
        })).ToList();

        var seen = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (; round < TestSeed.Times(20, atMost: 60) || Volatile.Read(ref written) < 100; Interlocked.Increment(ref round))
        {
            // A number that has just been written, then some of those that were seen before.
            var head = (await book.GetAsync($"/v1/wallets/{story.Euro}/statement?since=2030-01-01")).Json.GetProperty("pin")
                .GetProperty("number").GetString()!;
            var fresh = Paths(story, head)[random.Next(Paths(story, head).Count)];
            seen.TryAdd(fresh, (await book.GetAsync(fresh)).MustBe(200).Bytes);
            var again = seen.Keys.ElementAt(random.Next(seen.Count));
            Assert.True(await IsSameAsync(book, again, seen[again]), again);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        foreach (var (path, bytes) in seen)
            Assert.True(await IsSameAsync(book, path, bytes), path);
    }

    /// <summary>The name in a text, in its own letters or in Latin ones; null where it is not there.</summary>
    static string? Named(string text) => Names.FirstOrDefault(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));

    // They name the other side only.
    static readonly string[] Nameless = ["=mt940", "=ofx", "=csv&", "=csv-excel"];

    static bool NamesNoCustomer(string path) =>
        Nameless.Any(format => path.Contains(format, StringComparison.Ordinal));

    /// <summary>What a person reads in a file: workbooks and PDF are packed.</summary>
    static string Readable(string path, byte[] bytes)
    {
        if (path.Contains("xlsx", StringComparison.Ordinal))
            return Cells.Dump(bytes);
        if (path.Contains("=1c", StringComparison.Ordinal) || path == "1c")
            return CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetString(bytes);
        return path.Contains("pdf", StringComparison.Ordinal)
            || path.Contains("confirmation", StringComparison.Ordinal) ? Pdf.Text(bytes) : Encoding.UTF8.GetString(bytes);
    }

    static async Task<bool> IsSameAsync(TestBook book, string path, byte[] bytes)
    {
        var now = (await book.GetAsync(path)).MustBe(200).Bytes;
        return now.AsSpan().SequenceEqual(bytes);
    }

    static IReadOnlyList<string> Paths(Story story, string pin) =>
    [
        .. StatementFormats.All.Where(writer => writer.Format != "qfx").SelectMany(writer => new[]
        {
            $"/v1/customers/{story.Anna}/statement?format={writer.Format}&at={pin}",
            $"/v1/wallets/{story.Euro}/statement?format={writer.Format}&lang=ru&at={pin}",
        }),
        .. ReportFormats.All.SelectMany(
            writer =>
                ReportReader.Names.Where(name => name != "postings").Select(name => $"/v1/reports/{name}?format={writer.Format}&at={pin}")),
    ];
}

public sealed class SqlitePinTests() : PinTests(StoreEngine.Sqlite);

public sealed class PostgresPinTests() : PinTests(StoreEngine.Postgres);
