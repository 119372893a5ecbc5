using System.IO.Compression;
using System.Text;
using Kopeck.Ledger.Quotes.Feeds;

namespace Kopeck.Ledger.Tests.Quotes;

public sealed class FeedReadingTests
{
    [Theory]
    [InlineData("Date, USD, \n03 June 2021, 1.2187, \n", "ecb 2021-06-03 EUR: USD 1.2187")]
    [InlineData("Date, USD, \n3 June 2021, 1.2187, \n", "ecb 2021-06-03 EUR: USD 1.2187")]
    [InlineData("Date,USD,GBP\r\n2021-06-03,1.2,\r\n\r\n", "ecb 2021-06-03 EUR: USD 1.2")]
    [InlineData("\n  Date,USD,\n2021-06-03,1.2,\n2021-06-02,N/A,\n", "ecb 2021-06-03 EUR: USD 1.2")]
    [InlineData("date,USD\n2021-06-03,1.2", "ecb 2021-06-03 EUR: USD 1.2")]
    [InlineData("\uFEFFDate,USD,\n2021-06-03,1.2,\n", "ecb 2021-06-03 EUR: USD 1.2")]
    [InlineData("""{"base":"EUR","date":"2026-11-20","rates":{"USD":1.1}}""", "frankfurter 2026-11-20 EUR: USD 1.1")]
    [InlineData("""{"amount":10,"base":"EUR","date":"2026-11-20","rates":{"USD":11}}""", "frankfurter 2026-11-20 EUR: USD 11 = 10")]
    [InlineData("""{"amount":10.0,"base":"EUR","date":"2026-11-20","rates":{"EUR":10,"USD":11}}""", "frankfurter 2026-11-20 EUR: USD 11 = 10")]
    [InlineData("""{"amount":1.0,"base":"EUR","start_date":"2026-11-20","end_date":"2026-11-20","rates":{"2026-11-20":{"USD":1.1}}}""", "frankfurter 2026-11-20 EUR: USD 1.1")]
    [InlineData("""{"date":"2026-11-20","base":"EUR","quote":"USD","rate":1.1}""", "frankfurter 2026-11-20 EUR: USD 1.1")]
    [
        InlineData(
            "{\"date\":\"2026-11-20\",\"base\":\"EUR\",\"quote\":\"USD\",\"rate\":1.1}\r\n{\"date\":\"2026-11-19\",\"base\":\"USD\",\"quote\":\"EUR\",\"rate\":0.9}\n",
            "frankfurter 2026-11-19 USD: EUR 0.9\nfrankfurter 2026-11-20 EUR: USD 1.1")]
    [InlineData("""{"timestamp":1795176000,"base":"USD","rates":{"BTC":1.0731e-5,"EUR":9E-1,"JPY":1.5e+2}}""", "openexchangerates 2026-11-20 USD: BTC 0.000010731, EUR 0.9, JPY 150")]
    [InlineData("""{"timestamp":0,"base":"USD","rates":{"VEF_DICOM":3,"EUR":0.9}}""", "openexchangerates 1970-01-01 USD: VEF_DICOM 3, EUR 0.9")]
    [InlineData("""{"timestamp":1795219199,"base":"USD","rates":{"EUR":0.9}}""", "openexchangerates 2026-11-20 USD: EUR 0.9")]
    [InlineData("""{"timestamp":1795219200,"base":"USD","rates":{"EUR":0.9}}""", "openexchangerates 2026-11-20 USD: EUR 0.9")]
    [InlineData("""{"timestamp":1795219260,"base":"USD","rates":{"EUR":0.9}}""", "openexchangerates 2026-11-21 USD: EUR 0.9")]
    [InlineData("""{"disclaimer":"d","timestamp":1357084809,"base":"USD","rates":{"EUR":0.75}}""", "openexchangerates 2013-01-01 USD: EUR 0.75")]
    [InlineData("""{"date":"2023-07-18","timestamp":1689724800,"base":"USD","rates":{"CNY":7.2}}""", "fixer 2023-07-18 USD: CNY 7.2")]
    [InlineData("""{"disclaimer":"d","license":"l","start_date":"2013-01-01","end_date":"2013-01-02","base":"USD","rates":{"2013-01-01":{"EUR":0.75},"2013-01-02":{"EUR":0.76}}}""", "openexchangerates 2013-01-01 USD: EUR 0.75\nopenexchangerates 2013-01-02 USD: EUR 0.76")]
    [InlineData("""<ValCurs ID="R01235" DateRange1="02.03.2001" DateRange2="03.03.2001" name="Foreign Currency Market Dynamic"><Record Date="02.03.2001" Id="R01235"><Nominal>1</Nominal><Value>28,6200</Value><VunitRate>28,62</VunitRate></Record><Record Date="03.03.2001" Id="R01235"><Nominal>1</Nominal><Value>28,6500</Value></Record></ValCurs>""", "cbr 2001-03-02 RUB: USD 1 = 28.62\ncbr 2001-03-03 RUB: USD 1 = 28.65")]
    [InlineData("""<ValCurs Date="21.11.2026"><Valute><Nominal>10000</Nominal><Value><![CDATA[32,8]]></Value><CharCode> VND </CharCode></Valute><!-- the end --></ValCurs>""", "cbr 2026-11-21 RUB: VND 10000 = 32.8")]
    public void The_forms_that_publishers_use_are_read(string content, string expected) =>
        Assert.Equal(expected, FeedFiles.Text(FeedFiles.ReadText(content)));

    [Fact]
    public void The_publishers_single_and_double_quotes_read_alike()
    {
        var single = Encoding.UTF8.GetString(FeedFiles.Bytes("large/eurofxref-daily.xml"));
        Assert.Equal(FeedFiles.Text(FeedFiles.ReadText(single)), FeedFiles.Text(FeedFiles.ReadText(single.Replace('\'', '"'))));
    }

    [Fact]
    public void A_Bank_of_Russia_feed_in_UTF_8_reads_like_that_in_windows_1251()
    {
        var original = FeedFiles.Bytes("large/XML_daily.asp.xml");
        var text = CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetString(original);
        Assert.Contains("Доллар США", text, StringComparison.Ordinal);
        var utf8 = text.Replace("windows-1251", "UTF-8", StringComparison.Ordinal);
        Assert.Equal(FeedFiles.Text(FeedFiles.Read(original)), FeedFiles.Text(FeedFiles.ReadText(utf8)));
        Assert.Equal(FeedFiles.Text(FeedFiles.Read(original)), FeedFiles.Text(FeedFiles.ReadText("\uFEFF" + utf8)));
    }

    [Fact]
    public void Cutting_a_feed_anywhere_gives_an_error_or_fewer_rates_but_never_throws()
    {
        foreach (var name
            in (string[])[
                "ecb-daily.xml", "ecb-hist.xml", "ecb-hist.csv", "cbr-daily.xml", "frankfurter-v1.json", "frankfurter-v2.json",
                "openexchangerates.json"
            ])
        {
            var whole = FeedFiles.Bytes(name);
            for (var length = 0; length < whole.Length; length++)
                Assert.NotEqual(QuoteFeed.TryParse(whole.AsMemory(0, length), out var feed, out var error), error is not null);
        }
    }

    [Fact]
    public void Damaging_a_feed_anywhere_never_throws()
    {
        var random = new Random(TestSeed.Next());
        foreach (var name
            in (string[])[
                "ecb-daily.xml", "ecb-hist.csv", "cbr-daily.xml", "frankfurter-v1.json", "frankfurter-v2.json", "openexchangerates.json"
            ])
        {
            var whole = FeedFiles.Bytes(name);
            for (var turn = 0; turn < 3_000; turn++)
            {
                var damaged = whole.ToArray();
                for (var hit = random.Next(1, 4); hit > 0; hit--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                if (QuoteFeed.TryParse(damaged, out var feed, out var error))
                    Assert.All(feed.Days, day => Assert.NotEmpty(day.Figures));
                else
                    Assert.NotEmpty(error.Detail);
            }
        }
    }

    [Theory]
    [InlineData("eurofxref.csv")]
    [InlineData("eurofxref-hist.csv")]
    public void A_zip_file_of_the_ECB_reads_like_the_file_in_it(string name)
    {
        var content = FeedFiles.Bytes("large/" + name);
        Assert.Equal(FeedFiles.Text(FeedFiles.Read(content)), FeedFiles.Text(FeedFiles.Read(Zip((name, content)))));
    }

    [Fact]
    public void A_zip_file_that_is_no_single_feed_of_a_feeds_size_is_refused()
    {
        var feed = FeedFiles.Bytes("ecb-daily.csv");
        Assert.Equal("malformed_feed", FeedFiles.Refused(Zip()).Code);
        Assert.Contains("2 files", FeedFiles.Refused(Zip(("a.csv", feed), ("b.csv", feed))).Detail, StringComparison.Ordinal);
        Assert.Contains(
            "17 files", FeedFiles.Refused(Zip([.. Enumerable.Range(0, 17).Select(place => ($"{place}/", Array.Empty<byte>()))])).Detail,
            StringComparison.Ordinal);
        var bomb = Zip(("a.csv", new byte[64 << 20]));
        Assert.True(bomb.Length < 1 << 20, "a bomb is small");
        Assert.Contains("32 MiB", FeedFiles.Refused(bomb).Detail, StringComparison.Ordinal);
        // A zip in a zip is no feed.
        Assert.Equal("unknown_format", FeedFiles.Refused(Zip(("a.zip", Zip(("a.csv", feed))))).Code);
        var whole = Zip(("a.csv", feed));
        var random = new Random(TestSeed.Next());
        for (var turn = 0; turn < 500; turn++)
        {
            var damaged = whole.ToArray();
            damaged[random.Next(4, damaged.Length)] = (byte)random.Next(256);
            // Either is right; what it may not do is throw.
            _ = QuoteFeed.TryParse(damaged.AsMemory(0, random.Next(5, damaged.Length + 1)), out _, out _);
        }
    }

    static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
