using System.Text.RegularExpressions;
using Kopeck.Ledger;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements.Model;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Formats.Tests;

/// <summary>Whose days a statement counts in: the borders of its period and the days of its movements, in every format.</summary>
public sealed class ZoneTests
{
    [Theory]
    [InlineData("ofx", "20260201003000.000[+3:MSK]", "<DTASOF>20260228235959.999[+3:MSK]")]
    [InlineData("ofx1", "20260201003000.000[+3:MSK]", "<DTASOF>20260228235959.999[+3:MSK]")]
    [InlineData("camt053", "<BookgDt>\n     <Dt>2026-02-01</Dt>", "<Dt>2026-02-28</Dt>")]
    [InlineData("mt940", ":61:2602010201C2,00", ":62F:C260228EUR6,00")]
    [InlineData("hledger", "2026-02-01 * (6)", "2026-02-28 * Closing balance")]
    [InlineData("csv", "2026-02-01,2026-01-31T21:30:00.000000Z", "2026-02-28,2026-02-28T20:59:59.999999Z")]
    [InlineData("csv-excel", "2026-02-01,00:30:00", "2026-02-28,23:59:59")]
    [InlineData("json", "\"date\":\"2026-02-01\"", "\"lastDay\":\"2026-02-28\"")]
    [InlineData("xml", "date=\"2026-02-01\"", "lastDay=\"2026-02-28\"")]
    [InlineData("1c", "01.02.2026", "28.02.2026")]
    public async Task A_month_in_Moscow_begins_three_hours_before_that_of_UTC_and_ends_on_its_last_day(
        string format, string first, string last)
    {
        await using var book = await TestBook.OpenAsync("2026-01-01T00:00:00Z");
        var (_, wallet) = await book.RegisterAsync("Anna", "RU", "Москва", "EUR");
        foreach (var (at, amount)
            in new[]
            {
                ("2026-01-31T20:59:59Z", "1"),
                ("2026-01-31T21:30:00Z", "2"),
                ("2026-02-28T20:59:59.999999Z", "3"),
                ("2026-02-28T21:00:00Z", "4")
            })
        {
            book.Move(at);
            await book.WriteAsync(new Deposit(wallet, Amount(amount), null));
        }

        var text = await book.DrawInZoneAsync(
            format, new StatementSubject.OfWallet(wallet), new DateOnly(2026, 2, 1), new DateOnly(2026, 3, 1), "Europe/Moscow");
        Assert.Contains(first, text, StringComparison.Ordinal);
        Assert.Contains(last, text, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("4[.,]00"), text);
    }

    [Fact]
    public void The_zones_are_those_of_the_IANA_and_no_others()
    {
        Assert.Equal("America/New_York", DayZone.Find("America/New_York")!.Id);
        Assert.Same(DayZone.Utc, DayZone.Find("UTC"));
        Assert.Null(DayZone.Find("Moscow"));
        Assert.Null(DayZone.Find("europe/moscow"));
        Assert.Null(DayZone.Find("+03:00"));
        // A day that begins at one o'clock, and the ends of time.
        var cairo = DayZone.Find("Africa/Cairo")!;
        Assert.Equal(TestBook.At("2026-04-23T22:00:00Z"), cairo.StartOf(new DateOnly(2026, 4, 24)));
        foreach (var zone in new[] { "Pacific/Kiritimati", "Pacific/Pago_Pago" })
        {
            Assert.Equal(new DateOnly(9999, 12, 31), DayZone.Utc.DayOf(Ledger.Instant.Max));
            _ = DayZone.Find(zone)!.DayOf(Ledger.Instant.Max);
            Assert.Equal(default, DayZone.Find(zone)!.StartOf(new DateOnly(1960, 1, 1)));
            _ = DayZone.Find(zone)!.StartOf(DateOnly.MaxValue);
        }
    }
}
