using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Formats.Tests;

/// <summary>
/// A short history with everything that a statement tells: currencies of 0, 2 and 3 decimals, conversions both ways, a posting in two legs,
/// days without quotes, several alphabets, and texts that mean something to a format.
/// </summary>
sealed record Story(long Anna, long Euro, long Dinar, long Yannis, long Yen)
{
    public StatementSubject OfAnna => new StatementSubject.OfCustomer(Anna);

    public StatementSubject OfYen => new StatementSubject.OfWallet(Yen);

    public static async Task<Story> TellAsync(TestBook book)
    {
        var (anna, euro) = await book.RegisterAsync("Анна Кузнецова", "RU", "Казань", "EUR", "anna");
        var (yannis, yen) = await book.RegisterAsync("Γιάννης Ζωγράφος", "GR", "Αθήνα", "JPY");
        await book.WriteAsync(new OpenWallet(anna, Currency("KWD"), AccountCode.Parse("savings")));
        var dinar = book.Last;
        await book.WriteAsync(new OpenInternalAccount(AccountCode.Parse("fees"), Currency("EUR"), null));
        var fees = book.Last;
        book.Move("2026-03-01T09:00:00Z");
        await book.WriteAsync(
            new Deposit(euro, Amount("1000"), null) { Description = Description.Parse("зарплата, «март»; date:2020-01-01") });
        await book.WriteAsync(new Deposit(dinar, Amount("12.345"), null));
        book.Move("2026-03-02T00:00:00Z");
        await book.WriteAsync(
            new LoadQuotes(
                new DateOnly(2026, 3, 2),
                [
                    new LoadedQuote("JPY", QuotePair.OfOne(QuoteFigure.Parse("0.0061"))),
                    new LoadedQuote("KWD", QuotePair.OfOne(QuoteFigure.Parse("2.98")))]));
        book.Move("2026-03-02T12:30:15.000125Z");
        await book.WriteAsync(
            new TransferMoney(euro, yen, Amount("25000"), Currency("JPY"))
            {
                Description = Description.Parse("-:rent | :86: {1} =SUM(A1:A9)")
            });
        book.Move("2026-03-02T23:59:59.999999Z");
        await book.WriteAsync(
            new TransferMoney(yen, euro, Amount("1000"), null) { Description = Description.Parse("сдача & \"rest\" <b>") });
        book.Move("2026-03-03T00:00:01Z");
        await book.WriteAsync(new Withdraw(euro, Amount("100.50"), null));
        await book.WriteAsync(
            new PostLegs(
                [new Leg(euro, fees, Amount("1")), new Leg(euro, fees, Amount("0.25"))])
            {
                Description =
                    Description.Parse("Gebühr für März — ½ %")
            });
        book.Move("2026-03-04T10:00:00Z");
        await book.WriteAsync(new Deposit(dinar, Amount("0.001"), null));
        return new Story(anna, euro, dinar, yannis, yen);
    }
}
