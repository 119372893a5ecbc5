using System.Text;

namespace Kopeck.Ledger.Tests.Quotes;

public sealed class MalformedFeedTests
{
    public static TheoryData<string, string, string> Malformed => new()
    {
        { "", "unknown_format", "" },
        { "   \r\n", "unknown_format", "" },
        { "hello", "unknown_format", "" },
        { "\0\0\0", "unknown_format", "" },
        { "Da", "unknown_format", "" },
        { "PK\u0003\u0004", "malformed_feed", "zip file" },
        {
            "<ValCurs ID='R99999'><Record Date='02.03.2001' Id='R99999'><Nominal>1</Nominal><Value>1</Value></Record></ValCurs>",
            "malformed_feed",
            "R99999"
        },
        {
            "<ValCurs ID='R01235'><Record Id='R01235'><Nominal>1</Nominal><Value>1</Value></Record></ValCurs>",
            "malformed_feed",
            "Date is missing"
        },
        { "Datum,USD\n2026-11-20,1.1", "unknown_format", "" },
        { "<html><body>Not found</body></html>", "unknown_format", "" },
        { "<Envelope><Cube/></Envelope>", "unknown_format", "" },
        { "<x:ValCurs xmlns:x='urn:x' Date='21.11.2026'/>", "unknown_format", "" },
        { "{}", "unknown_format", "" },
        { """{"message":"not found"}""", "unknown_format", "" },
        { """{"error":true,"status":401,"message":"invalid_app_id"}""", "unknown_format", "" },
        { "[1,2]", "unknown_format", "" },
        { "[[]]", "unknown_format", "" },
        { """[{"rates":{}}]""", "unknown_format", "" },

        { "<", "malformed_feed", "line 1" },
        { "<ValCurs Date='21.11.2026'>", "malformed_feed", "line 1" },
        { "<ValCurs Date='21.11.2026'></Other>", "malformed_feed", "line 1" },
        { "<ValCurs Date='21.11.2026'/><ValCurs/>", "malformed_feed", "line 1" },
        { "<!DOCTYPE ValCurs [<!ENTITY a 'b'>]><ValCurs Date='21.11.2026'/>", "malformed_feed", "document type" },
        { "<!DOCTYPE ValCurs SYSTEM 'http://example.org/x.dtd'><ValCurs Date='21.11.2026'/>", "malformed_feed", "document type" },
        { "<?xml version='1.0' encoding='utf-16'?><ValCurs Date='21.11.2026'/>", "malformed_feed", "encoding" },
        { "<?xml version='1.0' encoding='koi8-r'?><ValCurs Date='21.11.2026'/>", "malformed_feed", "encoding" },
        { Cbr("<Valute><CharCode>&name;</CharCode><Nominal>1</Nominal><Value>1</Value></Valute>"), "malformed_feed", "line 1" },
        { Cbr("<Valute><Nominal>1</Nominal><Value>1</Value></Valute>"), "malformed_feed", "CharCode" },
        { Cbr("<Valute><CharCode>USD</CharCode><Value>1</Value></Valute>"), "malformed_feed", "Nominal" },
        { Cbr("<Valute><CharCode>USD</CharCode><Nominal>1</Nominal></Valute>"), "malformed_feed", "Value" },
        { Cbr("<Valute/>"), "malformed_feed", "CharCode" },
        { Cbr("<Valute><CharCode>USD</CharCode><Nominal>1</Nominal>1<Value>1</Value></Valute>"), "malformed_feed", "between" },
        { Cbr("<Other/>"), "malformed_feed", "Valute" },
        { Cbr("<Valute><CharCode>USD</CharCode><Nominal>1</Nominal><Value>1</Value><Value>2</Value></Valute>"), "malformed_feed", "twice" },
        { Cbr("<Valute><CharCode>USD</CharCode><Nominal>1</Nominal><Value><Value>2</Value></Value></Valute>"), "malformed_feed", "Value" },
        { Cbr("<Valute><CharCode></CharCode><Nominal>1</Nominal><Value>1</Value></Valute>"), "malformed_feed", "2026-11-21" },
        { Cbr("<Valute><CharCode>U$D</CharCode><Nominal>1</Nominal><Value>1</Value></Valute>"), "malformed_feed", "U$D" },
        { "<ValCurs><Valute/></ValCurs>", "malformed_feed", "Date" },
        { Ecb("<Cube currency='USD' rate='1'/>"), "malformed_feed", "outside of a day" },
        { Ecb("<Cube time='2026-11-20'/><x><x><Cube currency='USD' rate='1'/></x></x>"), "malformed_feed", "outside of a day" },
        { Ecb("<Cube time='2026-11-20'><Cube currency='USD'/></Cube>"), "malformed_feed", "USD" },
        { "Date,USD,\n2026-11-20,1.1,2.2,\n", "malformed_feed", "line 2" },
        { "Date,USD,GBP,\n2026-11-20,1.1\n", "malformed_feed", "line 2" },
        { "Date,USD,,GBP,\n2026-11-20,1,2,3,\n", "malformed_feed", "2026-11-20" },
        { "Date;USD\n2026-11-20;1.1", "unknown_format", "" },
        { "{", "malformed_feed", "line 1" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":1.1}""", "malformed_feed", "JSON" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":1.1,}}""", "malformed_feed", "JSON" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":1.1}} {}""", "malformed_feed", "end of the feed" },
        { """{"base":"EUR","date":"2026-11-20","rates":[]}""", "malformed_feed", "/rates" },
        { """{"base":"EUR","date":"2026-11-20","rates":null}""", "malformed_feed", "/rates" },
        { """{"date":"2026-11-20","rates":{"USD":1.1}}""", "malformed_feed", "base" },
        { """{"base":"EUR","rates":{"USD":1.1}}""", "malformed_feed", "date" },
        { """{"base":7,"date":"2026-11-20","rates":{"USD":1.1}}""", "malformed_feed", "base" },
        { """{"base":"euro","date":"2026-11-20","rates":{"USD":1.1}}""", "malformed_feed", "euro" },
        { """{"base":"EUR","base":"USD","date":"2026-11-20","rates":{"JPY":1.1}}""", "malformed_feed", "base" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"\ud800":1.1}}""", "malformed_feed", "surrogate" },
        { """{"base":"EUR","start_date":"2026-11-20","rates":{"2026-11-20":1.1}}""", "malformed_feed", "2026-11-20" },
        { """{"timestamp":1795176000,"rates":{"EUR":1.1}}""", "malformed_feed", "base" },
        { """{"disclaimer":"","base":"USD","rates":{"EUR":1.1}}""", "malformed_feed", "timestamp" },
        { """[{"date":"2026-11-20","base":"EUR","quote":"USD"}]""", "malformed_feed", "row 1" },
        { """[{"date":"2026-11-20","base":"EUR","rate":1}]""", "malformed_feed", "row 1" },
        { """[{"date":"2026-11-20","base":"EUR","quote":"USD","rate":1},7]""", "malformed_feed", "row 2" },
        { """[{"date":"2026-11-20","quote":"USD","rate":1}]""", "malformed_feed", "base" },
        { """[{"date":"2026-11-20","base":"EUR","quote":"USD","rate":1},{"date":"2026-11-20","base":"GBP","quote":"JPY","rate":1}]""", "malformed_feed", "mixed" },
        { """[{"date":"2026-11-20","base":"EUR","quote":"USD","rate":1,"rate":2}]""", "malformed_feed", "twice" },
        { string.Concat(Enumerable.Repeat("[", 100)), "malformed_feed", "JSON" },

        { "<ValCurs Date='31.02.2026'/>", "bad_date", "31.02.2026" },
        { "<ValCurs Date='2026-11-21'/>", "bad_date", "2026-11-21" },
        { "<ValCurs Date=''/>", "bad_date", "line 1" },
        { Ecb("<Cube time='2026-02-29'/>"), "bad_date", "2026-02-29" },
        { Ecb("<Cube time='20.11.2026'/>"), "bad_date", "20.11.2026" },
        { "Date,USD,\n2026-13-01,1.1,\n", "bad_date", "line 2" },
        { "Date,USD,\n31 June 2026,1.1,\n", "bad_date", "line 2" },
        { "Date,USD,\n20 Novembre 2026,1.1,\n", "bad_date", "line 2" },
        { "Date,USD,\n,1.1,\n", "bad_date", "line 2" },
        { """{"base":"EUR","date":"2026-11-31","rates":{"USD":1.1}}""", "bad_date", "2026-11-31" },
        { """{"base":"EUR","date":"today","rates":{"USD":1.1}}""", "bad_date", "today" },
        { """{"base":"EUR","start_date":"2026-11-20","rates":{"2026-11-99":{"USD":1.1}}}""", "bad_date", "2026-11-99" },
        { """{"timestamp":"1795176000","base":"USD","rates":{"EUR":1.1}}""", "bad_date", "/timestamp" },
        { """{"timestamp":-1,"base":"USD","rates":{"EUR":1.1}}""", "bad_date", "/timestamp" },
        { """{"timestamp":1.5e9,"base":"USD","rates":{"EUR":1.1}}""", "bad_date", "/timestamp" },
        { """{"timestamp":99999999999999,"base":"USD","rates":{"EUR":1.1}}""", "bad_date", "/timestamp" },

        { Cbr(Valute("USD", "1", "82.1665")), "bad_rate", "USD of 2026-11-21" },
        { Cbr(Valute("USD", "1", "0,0000")), "bad_rate", "USD of 2026-11-21" },
        { Cbr(Valute("USD", "1", "-82,1665")), "bad_rate", "USD of 2026-11-21" },
        { Cbr(Valute("USD", "1", "")), "bad_rate", "USD of 2026-11-21" },
        { Cbr(Valute("USD", "1", "1 082,16")), "bad_rate", "USD of 2026-11-21" },
        { Cbr(Valute("USD", "0", "82,1665")), "bad_rate", "USD of 2026-11-21" },
        { Cbr(Valute("USD", "-1", "82,1665")), "bad_rate", "USD of 2026-11-21" },
        { Cbr(Valute("USD", "x", "82,1665")), "bad_rate", "USD of 2026-11-21" },
        { Ecb("<Cube time='2026-11-20'><Cube currency='USD' rate='1,1'/></Cube>"), "bad_rate", "USD of 2026-11-20" },
        { Ecb("<Cube time='2026-11-20'><Cube currency='USD' rate='1e3'/></Cube>"), "bad_rate", "USD of 2026-11-20" },
        { Cbr(Valute("USD", "1", "8,2e1")), "bad_rate", "USD of 2026-11-21" },
        { Ecb("<Cube time='2026-11-20'><Cube currency='USD' rate='0'/></Cube>"), "bad_rate", "USD of 2026-11-20" },
        { Ecb("<Cube time='2026-11-20'><Cube currency='EUR' rate='1.1'/></Cube>"), "bad_rate", "EUR of 2026-11-20" },
        { "Date,USD,\n2026-11-20,abc,\n", "bad_rate", "USD of 2026-11-20" },
        { "Date,USD,\n2026-11-20,1.1E0,\n", "bad_rate", "USD of 2026-11-20" },
        { "Date,USD,\n2026-11-20,-1.1,\n", "bad_rate", "USD of 2026-11-20" },
        { "Date,USD,\n2026-11-20,+1.1,\n", "bad_rate", "USD of 2026-11-20" },
        { "Date,USD,\n2026-11-20,.5,\n", "bad_rate", "USD of 2026-11-20" },
        { "Date,USD,\n2026-11-20,5.,\n", "bad_rate", "USD of 2026-11-20" },
        { "Date,USD,\n2026-11-20,NaN,\n", "bad_rate", "USD of 2026-11-20" },
        { "Date,USD,\n2026-11-20,1.1.1,\n", "bad_rate", "USD of 2026-11-20" },
        { "Date,USD,\n2026-11-20," + new string('9', 10_000) + ",\n", "bad_rate", "USD of 2026-11-20" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":0}}""", "bad_rate", "USD of 2026-11-20" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":0e5}}""", "bad_rate", "USD of 2026-11-20" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":-1.1}}""", "bad_rate", "USD of 2026-11-20" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":"1.1"}}""", "bad_rate", "USD of 2026-11-20" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":null}}""", "bad_rate", "USD of 2026-11-20" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":{}}}""", "bad_rate", "USD of 2026-11-20" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":1e999999999}}""", "bad_rate", "USD of 2026-11-20" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":1e-41}}""", "bad_rate", "USD of 2026-11-20" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"EUR":1.1}}""", "bad_rate", "EUR of 2026-11-20" },
        { """{"amount":0,"base":"EUR","date":"2026-11-20","rates":{"USD":1.1}}""", "bad_rate", "2026-11-20" },
        { """{"amount":"1","base":"EUR","date":"2026-11-20","rates":{"USD":1.1}}""", "bad_rate", "2026-11-20" },

        { "Date,USD,USD,\n2026-11-20,1.1,1.1,\n", "duplicate_rate", "USD of 2026-11-20" },
        { "Date,USD,\n2026-11-20,1.1,\n2026-11-20,1.1,\n", "duplicate_rate", "2026-11-20" },
        { "Date,USD,\n2026-11-20,1.1,\n20 November 2026,1.1,\n", "duplicate_rate", "2026-11-20" },
        { Ecb("<Cube time='2026-11-20'/><Cube time='2026-11-20'/>"), "duplicate_rate", "2026-11-20" },
        {
            Ecb("<Cube time='2026-11-20'><Cube currency='USD' rate='1'/><Cube currency='USD' rate='1'/></Cube>"),
            "duplicate_rate",
            "USD of 2026-11-20"
        },
        { Cbr(Valute("USD", "1", "82,1") + Valute("USD", "10", "821,0")), "duplicate_rate", "USD of 2026-11-21" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":1.1,"USD":1.1}}""", "duplicate_rate", "USD of 2026-11-20" },
        { """{"base":"EUR","date":"2026-11-20","rates":{"USD":1.1,"\u0055SD":1.2}}""", "duplicate_rate", "USD of 2026-11-20" },
        { """{"base":"EUR","start_date":"2026-11-20","rates":{"2026-11-20":{"USD":1.1},"2026-11-20":{"USD":1.1}}}""", "duplicate_rate", "2026-11-20" },
        { """[{"date":"2026-11-20","base":"EUR","quote":"USD","rate":1},{"date":"2026-11-20","base":"EUR","quote":"USD","rate":1}]""", "duplicate_rate", "USD of 2026-11-20" },

        { "Date,USD,\n", "empty_feed", "" },
        { "Date\n2026-11-20\n", "empty_feed", "" },
        { "Date,USD,\n2026-11-20,N/A,\n", "empty_feed", "" },
        { "Date,USD,\n2026-11-20,,\n", "empty_feed", "" },
        { Ecb(""), "empty_feed", "" },
        { Ecb("<Cube time='2026-11-20'/>"), "empty_feed", "" },
        { Cbr(""), "empty_feed", "" },
        { "[]", "empty_feed", "" },
        { """{"base":"EUR","date":"2026-11-20","rates":{}}""", "empty_feed", "" },
        { """{"timestamp":1795176000,"base":"USD","rates":{"USD":1}}""", "empty_feed", "" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_feed_is_refused_with_its_code_and_the_place(string content, string code, string place)
    {
        var error = FeedFiles.Refused(Encoding.UTF8.GetBytes(content));
        Assert.Equal(code, error.Code);
        Assert.Contains(place, error.Detail, StringComparison.Ordinal);
        Assert.InRange(error.Detail.Length, 1, 200);
        Assert.DoesNotContain(error.Detail, char.IsControl);
    }

    [Theory]
    [InlineData("Date,USD,\n2026-11-20,1.1\xFF,\n")]
    [InlineData("{\"base\":\"EUR\xFF\",\"date\":\"2026-11-20\",\"rates\":{\"USD\":1.1}}")]
    [InlineData("<ValCurs Date='21.11.2026'>\xFF</ValCurs>")]
    public void Bytes_that_are_not_UTF_8_are_malformed(string latin1) =>
        Assert.Equal("malformed_feed", FeedFiles.Refused(Encoding.Latin1.GetBytes(latin1)).Code);

    [Fact]
    public void Entities_are_not_expanded()
    {
        var bomb = "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>" + Cbr("&b;");
        Assert.Equal("malformed_feed", FeedFiles.Refused(Encoding.UTF8.GetBytes(bomb)).Code);
    }

    static string Cbr(string body) => $"<ValCurs Date='21.11.2026'>{body}</ValCurs>";

    static string Valute(string code, string nominal, string value) =>
        $"<Valute><CharCode>{code}</CharCode><Nominal>{nominal}</Nominal><Value>{value}</Value></Valute>";

    static string Ecb(string body) =>
        $"<g:Envelope xmlns:g='http://www.gesmes.org/xml/2002-08-01' xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'><Cube>{body}</Cube></g:Envelope>";
}
