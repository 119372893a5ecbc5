namespace Kopeck.Statements.Tests;

/// <summary>
/// A short history with everything that a statement tells: currencies of 0, 2 and 3 decimals, conversions both ways, a posting in two legs,
/// a day without quotes, several alphabets.
/// </summary>
sealed record Story(string Anna, string Euro, string Dinar, string Yannis, string Yen, string Fees)
{
    public static async Task<Story> TellAsync(TestBook book)
    {
        var (anna, euro) = await book.RegisterAsync("Анна Кузнецова", "RU", "Казань", "EUR", "anna");
        var (yannis, yen) = await book.RegisterAsync("Γιάννης Ζωγράφος", "GR", "Αθήνα", "JPY");
        var dinar = (await book.PostAsync($"/v1/customers/{anna}/wallets", """{"currency": "KWD", "code": "savings"}"""))["id"];
        var fees = (await book.PostAsync("/v1/accounts", """{"code": "fees", "currency": "EUR"}"""))["id"];
        book.At("2026-03-01T09:00:00Z");
        await book.DepositAsync(euro, "1000", "зарплата, «март»");
        await book.DepositAsync(dinar, "12.345");
        book.At("2026-03-02T00:00:00Z");
        await book.DoAsync("PUT", "/v1/quotes/2026-03-02", """{"JPY": "0.0061", "KWD": "2.98"}""");
        book.At("2026-03-02T12:30:15.000125Z");
        await book.PostAsync("/v1/transfers", $$"""{"from": "{{euro}}", "to": "{{yen}}", "amount": "25000", "currency": "JPY", "description": "=SUM(A1:A9)"}""");
        book.At("2026-03-02T23:59:59.999999Z");
        await book.PostAsync("/v1/transfers", $$"""{"from": "{{yen}}", "to": "{{euro}}", "amount": "1000", "description": "сдача & \"rest\" <b>"}""");
        book.At("2026-03-03T00:00:00Z");
        await book.PostAsync("/v1/withdrawals", $$"""{"wallet": "{{euro}}", "amount": "100.50"}""");
        await book.PostAsync("/v1/postings", $$"""{"legs": [{"from": "{{euro}}", "to": "{{fees}}", "amount": "1"}, {"from": "{{euro}}", "to": "{{fees}}", "amount": "0.25"}], "description": "fee"}""");
        book.At("2026-03-04T10:00:00Z");
        await book.DepositAsync(dinar, "0.001");
        return new Story(anna, euro, dinar, yannis, yen, fees);
    }
}
