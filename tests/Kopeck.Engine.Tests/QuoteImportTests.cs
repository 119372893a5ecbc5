using System.Globalization;
using System.Text;
using Kopeck.Engine.Quotes;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes.Feeds;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Engine.Tests;

/// <summary>Feeds are loaded date by date: linear, repeatable, and beside the book's other writers.</summary>
public abstract class QuoteImportTests(StoreEngine kind)
{
    // As many as the ECB has quoted since 1999.
    const int Currencies = 41;

    // The book, the keys, a look at each currency, and some turns.
    const int CallsBeforeTheBreak = 48;

    static readonly IdempotencyKey Key = IdempotencyKey.Parse("history");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_feed_again_writes_nothing_and_a_changed_figure_only_itself()
    {
        await using var book = await TestBook.CreateAsync(kind);
        await using var engine = book.Open();
        var first = await engine.ImportQuotesAsync(TestBook.Admin, History(30), null);
        Assert.Equal((30 * Currencies, 0, 30), (first.Loaded, first.Unchanged, first.Operations));
        var head = (await book.Store.FindBookAsync(TestBook.Name, Token))!.Head;
        Assert.Equal(head.Number, first.Operation);

        await using (var other = book.Open())
        {
            var again = await other.ImportQuotesAsync(TestBook.Admin, History(30), null);
            Assert.Equal((0, 30 * Currencies, 0, null), (again.Loaded, again.Unchanged, again.Operations, again.Operation));
            Assert.Equal(head, (await book.Store.FindBookAsync(TestBook.Name, Token))!.Head);
        }

        var corrected = await engine.ImportQuotesAsync(TestBook.Admin, History(30, corrected: 7), null);
        Assert.Equal((1, 30 * Currencies - 1, 1), (corrected.Loaded, corrected.Unchanged, corrected.Operations));
        book.Verify();
    }

    [Fact]
    public async Task A_quote_by_hand_that_is_so_already_writes_nothing_also_of_a_date_long_past()
    {
        await using var book = await TestBook.CreateAsync(kind);
        await using var engine = book.Open();
        foreach (var date in new[] { new DateOnly(2001, 2, 3), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime) })
        {
            var load = new LoadQuotes(
                date, [new LoadedQuote("USD", QuotePair.Parse("1.1", "1")), new LoadedQuote("JPY", QuotePair.Parse("163.12", "1"))]);
            Assert.Equal((2, 0), Count(await engine.LoadQuotesAsync(TestBook.Admin, load, null)));
            Assert.Equal((0, 2), Count(await engine.LoadQuotesAsync(TestBook.Admin, load, null)));
            // Equal in worth, but not in figures: it is what was published that counts.
            var doubled = load with { Quotes = [new LoadedQuote("USD", QuotePair.Parse("2.2", "2")), load.Quotes[1]] };
            Assert.Equal((1, 1), Count(await engine.LoadQuotesAsync(TestBook.Admin, doubled, null)));
            Assert.Equal((1, 1), Count(await engine.LoadQuotesAsync(TestBook.Admin, load, null)));
        }
    }

    [Fact]
    public async Task A_retry_with_the_key_goes_on_where_an_attempt_stopped_and_answers_as_one_that_did_not()
    {
        await using var whole = await TestBook.CreateAsync(kind);
        await using var undisturbed = whole.Open();
        var expected = await undisturbed.ImportQuotesAsync(TestBook.Admin, History(120), Key);
        Assert.Equal(120, expected.Operations);

        await using var book = await TestBook.CreateAsync(kind);
        // The store breaks after some turns: the first dates were done under their keys.
        var (store, _) = BrokenStore.Around(book.Store, CallsBeforeTheBreak, FaultKind.AtOnce);
        await using (var broken = book.Open(store))
            Assert.NotNull((await broken.ImportQuotesAsync(TestBook.Admin, History(120), Key)).Rejection);
        var part = (await book.Store.FindBookAsync(TestBook.Name, Token))!.Head.Number;
        Assert.InRange(part, expected.Operation!.Value - 119, expected.Operation.Value - 1);
        await using var engine = book.Open();
        var resumed = await engine.ImportQuotesAsync(TestBook.Admin, History(120), Key);
        Assert.Equal(expected, resumed with { IsReplay = false, Skipped = expected.Skipped });

        var replayed = await engine.ImportQuotesAsync(TestBook.Admin, History(120), Key);
        Assert.True(replayed.IsReplay);
        Assert.Equal(expected, replayed with { IsReplay = false, Skipped = expected.Skipped });
        book.Verify();
    }

    [Fact]
    public async Task Another_feed_under_the_key_is_refused_before_anything_is_written()
    {
        await using var book = await TestBook.CreateAsync(kind);
        await using var engine = book.Open();
        await engine.ImportQuotesAsync(TestBook.Admin, History(20), Key);
        var head = (await book.Store.FindBookAsync(TestBook.Name, Token))!.Head;
        Assert.Equal(ErrorCode.KeyReused, (await engine.ImportQuotesAsync(TestBook.Admin, History(40), Key)).Rejection?.Code);
        Assert.Equal(ErrorCode.KeyReused, (await engine.ImportQuotesAsync(TestBook.Admin, History(20, corrected: 3), Key)).Rejection?.Code);
        Assert.Equal(head, (await book.Store.FindBookAsync(TestBook.Name, Token))!.Head);
    }

    [Fact]
    public async Task A_feed_with_one_date_too_far_ahead_writes_nothing_of_the_others()
    {
        await using var book = await TestBook.CreateAsync(kind);
        await using var engine = book.Open();
        var head = (await book.Store.FindBookAsync(TestBook.Name, Token))!.Head;
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var refused = await engine.ImportQuotesAsync(
            TestBook.Admin, Feed($"Date,USD\n{today:yyyy-MM-dd},1.1\n{today.AddDays(15):yyyy-MM-dd},1.2\n"), null);
        Assert.Equal("date_too_late", Assert.Single(refused.Rejection!.Fields).Code);
        Assert.Equal(head, (await book.Store.FindBookAsync(TestBook.Name, Token))!.Head);
        Assert.Equal(
            2,
            (
                await engine.ImportQuotesAsync(
                    TestBook.Admin, Feed($"Date,USD\n{today:yyyy-MM-dd},1.1\n{today.AddDays(14):yyyy-MM-dd},1.2\n"), null)).Loaded);
    }

    [Fact]
    public async Task What_is_passed_over_is_named_once_and_a_dry_run_writes_nothing()
    {
        await using var book = await TestBook.CreateAsync(kind);
        await using var engine = book.Open();
        var head = (await book.Store.FindBookAsync(TestBook.Name, Token))!.Head;
        var feed = Feed("Date,USD,HRK,XAU\n2020-01-02,1.1,7.5,0.0004\n2020-01-03,1.2,7.6,0.0005\n");
        var dry = await engine.ImportQuotesAsync(TestBook.Admin, feed, null, dryRun: true);
        Assert.Equal(head, (await book.Store.FindBookAsync(TestBook.Name, Token))!.Head);
        var done = await engine.ImportQuotesAsync(TestBook.Admin, feed, null);
        foreach (var outcome in new[] { dry, done })
        {
            Assert.Equal((2, 0), Count(outcome));
            Assert.Equal(
                ["HRK unknown_currency", "XAU no_minor_unit"], outcome.Skipped.Select(figure => $"{figure.Currency} {figure.Reason.Code}"));
        }
    }

    [Fact]
    public void Twice_the_days_take_twice_the_memory()
    {
        var author = new BookAuthor("linear");
        author.Open();
        Write(author, 100, new DateOnly(1999, 1, 4));
        var once = Write(author, 500, new DateOnly(2000, 1, 4));
        var twice = Write(author, 1_000, new DateOnly(2004, 1, 4));
        Assert.True(twice < once * 2.3, $"{once} bytes for 500 days, {twice} for 1,000");
    }

    /// <summary>What this thread allocates to load days in one batch, of which all can still be undone.</summary>
    static long Write(BookAuthor author, int days, DateOnly first)
    {
        var loads = new List<LoadQuotes>();
        foreach (var day in History(days, first: first).Days)
        {
            Assert.True(FeedConversion.TryToBook(day, "EUR", out var quotes, out _, out _));
            loads.Add(new LoadQuotes(day.Date, [.. quotes.Select(quote => new LoadedQuote(quote.Currency, quote.Pair))]));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        author.Write(loads);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    static (int Loaded, int Unchanged) Count(QuoteLoadOutcome outcome)
    {
        Assert.Null(outcome.Rejection);
        return (outcome.Loaded, outcome.Unchanged);
    }

    static FeedContent Feed(string csv)
    {
        Assert.True(QuoteFeed.TryParse(Encoding.UTF8.GetBytes(csv), out var feed, out var error), error?.Detail);
        return feed;
    }

    /// <summary>A file as the ECB's eurofxref-hist.csv: a line a day, newest first, with as many currencies.</summary>
    static FeedContent History(int days, int corrected = -1, DateOnly? first = null)
    {
        var codes = Ledger.Reference.Currencies.All.Where(currency => currency is { MinorUnits: not null, Code: not "EUR" })
            .Select(currency => currency.Code).Take(Currencies).ToList();
        var csv = new StringBuilder("Date," + string.Join(',', codes) + ",\n");
        var start = first ?? new DateOnly(1999, 1, 4);
        for (var day = days - 1; day >= 0; day--)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{start.AddDays(day):yyyy-MM-dd},");
            for (var column = 0; column < codes.Count; column++)
                csv.Append(
                    CultureInfo.InvariantCulture,
                    $"{1 + column}.{1000 + (day * 7 + column * 13) % 9000 + (day == corrected && column == 5 ? 1 : 0)},");
            csv.Append('\n');
        }

        return Feed(csv.ToString());
    }
}

/// <inheritdoc/>
public sealed class SqliteQuoteImportTests() : QuoteImportTests(StoreEngine.Sqlite);

/// <inheritdoc/>
public sealed class PostgresQuoteImportTests() : QuoteImportTests(StoreEngine.Postgres);
