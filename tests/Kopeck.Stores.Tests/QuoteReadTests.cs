using Kopeck.Engine.Reading;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Stores.Tests;

/// <summary>Quotes: the newest on a day, and all revisions of a currency.</summary>
public abstract class QuoteReadTests(StoreEngine engine) : FilledStoreTests(engine)
{
    [Fact]
    public async Task The_newest_quotes_of_every_day()
    {
        var days = Expected.Quotes().Select(quote => quote.Date).ToList();
        for (var day = days.Min().AddDays(-2); day <= days.Max().AddDays(2); day = day.AddDays(1))
            Assert.Equal(Expected.NewestQuotes(day), await Store.GetNewestQuotesAsync(Main, day, Token));
        Assert.Equal(Expected.NewestQuotes(DateOnly.MaxValue), await Store.GetNewestQuotesAsync(Main, DateOnly.MaxValue, Token));
        Assert.Empty(await Store.GetNewestQuotesAsync(Main, DateOnly.MinValue, Token));
        Assert.Empty(await Store.GetNewestQuotesAsync(BookName.Parse("nobody"), DateOnly.MaxValue, Token));
    }

    [Fact]
    public async Task All_revisions_of_a_currency_are_listed_by_date_then_revision()
    {
        var days = Expected.Quotes().Select(quote => quote.Date).Order().ToList();
        var (first, middle, last) = (days[0], days[days.Count / 2], days[^1]);
        (DateOnly? Since, DateOnly? Until)[] periods =
            [
                (null, null), (middle, null), (null, middle), (first, last), (middle, middle), (middle, middle.AddDays(1)), (last, first),
                (DateOnly.MinValue, DateOnly.MaxValue), (last, null), (null, first)];
        foreach (var currency in new[] { "USD", "JPY", "KWD", "CHF" })
        {
            foreach (var (since, until) in periods)
            {
                var expected = Expected.Quotes()
                    .Where(
                        quote =>
                            quote.Currency == currency && (since is null || quote.Date >= since) && (until is null || quote.Date < until))
                    .OrderBy(quote => quote.Date).ThenBy(quote => quote.Revision);
                await RequireListAsync(
                    expected,
                    async page =>
                    {
                        var found = await Store.ListQuotesAsync(Main, currency, since, until, page, Token);
                        Assert.True(
                            found.Next is null || found.Next == new PageKey(found.Items[^1].Date.DayNumber, found.Items[^1].Revision));
                        return found;
                    },
                    $"{currency} {since} {until}");
            }
        }

        Assert.Contains(Expected.Quotes().GroupBy(quote => (quote.Currency, quote.Date)), revisions => revisions.Count() > 1);
    }

    [Fact]
    public async Task Rates_keep_all_their_digits()
    {
        string[] rates =
            ["0.00000000000001", "99999999999999.99999999999999", "1", "1.5", "0.1", "12345678901234.12345678901234", "10000000000000"];
        var author = new Testing.Stores.Authoring.BookAuthor("rates");
        author.Open();
        foreach (var rate in rates)
            author.Write(new Ledger.Kinds.LoadQuotes(author.At.Date, [new("USD", QuotePair.OfOne(QuoteFigure.Parse(rate)))]));
        await CommitAllAsync(author);
        var found = await Store.ListQuotesAsync(author.Book, "USD", null, null, new PageRequest(null, true, 100), Token);
        Assert.Equal(rates.Select(rate => QuotePair.OfOne(QuoteFigure.Parse(rate))), found.Items.Select(quote => quote.Pair));
    }
}
