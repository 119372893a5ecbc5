using System.Text;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Quotes.Feeds;

namespace Kopeck.Ledger.Tests.Quotes;

static class FeedFiles
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "feeds", name));

    public static FeedContent Read(string name) => Read(Bytes(name));

    public static FeedContent Read(byte[] content)
    {
        Assert.True(QuoteFeed.TryParse(content, out var feed, out var error), error?.ToString());
        Assert.Null(error);
        return feed;
    }

    public static FeedContent ReadText(string content) => Read(Encoding.UTF8.GetBytes(content));

    public static FieldError Refused(byte[] content)
    {
        Assert.False(QuoteFeed.TryParse(content, out var feed, out var error));
        Assert.Null(feed);
        Assert.NotNull(error);
        return error;
    }

    public static string Text(FeedContent feed) => string.Join(
        '\n',
        feed.Days.Select(day => $"{feed.Source} {day.Date:yyyy-MM-dd} {day.Base}: " + string.Join(", ", day.Figures.Select(Text))));

    static string Text(FeedFigure figure) =>
        figure.Base == FeedNumber.One ? $"{figure.Currency} {figure.Units}" : $"{figure.Currency} {figure.Units} = {figure.Base}";
}
