using System.Text.RegularExpressions;

namespace Kopeck.Formats.Tests;

/// <summary>Importers drop a statement whose id they have seen: another period and another wallet have other ids.</summary>
public sealed partial class StatementIdTests
{
    [Theory]
    [InlineData("camt053", 35)]
    [InlineData("mt940", 16)]
    [InlineData("ofx", 36)]
    public async Task Each_period_and_wallet_has_an_id_of_its_own_and_the_same_question_the_same(string format, int longest)
    {
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        var all = new List<string>();
        foreach (var (since, until)
            in new[]
            {
                ("2026-03-02", "2026-03-03"),
                ("2026-03-03", "2026-03-04"),
                ("2026-01-01", "2026-02-01"),
                ("2026-02-01", "2026-03-01")
            })
        {
            var text = await book.DrawTextAsync(format, story.OfAnna, since, until);
            Assert.Equal(text, await book.DrawTextAsync(format, story.OfAnna, since, until));
            all.AddRange(Ids().Matches(text).Select(match => match.Groups["id"].Value));
        }

        Assert.True(all.Count >= 8);
        Assert.All(all, id => Assert.InRange(id.Length, 1, longest));
        Assert.Equal(all.Count, all.Distinct(StringComparer.Ordinal).Count());
    }

    [GeneratedRegex("(<MsgId>|<Stmt>\\s*<Id>|^:20:|<TRNUID>)(?<id>[^<\r\n]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Ids();
}
