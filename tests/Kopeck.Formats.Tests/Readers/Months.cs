using System.Text.Json;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Formats.Tests.Readers;

/// <summary>
/// A wallet over two months, with movements at the borders, of a house that says who it is: what readers of all kinds are given.
/// </summary>
static class Months
{
    public const string Iban = "IE29AIBK93115212345678";

    public const string First = "2026-03-01";
    public const string Second = "2026-04-01";
    public const string Third = "2026-05-01";

    /// <summary>What a reader must find of the first month: the movements, and the balance of its last day.</summary>
    public static IReadOnlyList<string> Movements { get; } = ["20260301 1000.00", "20260315 -12.34", "20260331 -100.50"];

    public const string Closing = "20260331 887.16";

    /// <summary>What it must find of the second.</summary>
    public static IReadOnlyList<string> Later { get; } = ["20260401 0.01", "20260430 -50.00", "20260430 837.17"];

    public static Letterhead House { get; } = Read("""
        [{"name": "Kopeck & Söhne", "lines": ["Kontorsgatan 1", "111 22 Stockholm"], "bic": "KOPCIE2D", "bankId": "931152", "country": "IE", "quickenId": "3000",
          "taxId": "7700000000", "taxReason": "770001001", "correspondentAccount": "30101810400000000225",
          "accounts": {"3": {"iban": "IE29 AIBK 9311 5212 3456 78"}}, "customers": {"2": {"taxId": "7712345678", "taxReason": "771201001"}}}]
        """);

    public static async Task<StatementSubject> TellAsync(TestBook book)
    {
        var (_, wallet) = await book.RegisterAsync("Общество с ограниченной ответственностью «Ромашка»", "RU", "Казань", "EUR", "romashka");
        var (_, other) = await book.RegisterAsync("Σοφία Παπαδοπούλου", "GR", "Αθήνα", "EUR");
        Assert.Equal(3, wallet);
        book.Move("2026-03-01T09:00:00Z");
        await book.WriteAsync(new Deposit(wallet, Amount("1000"), null) { Description = Description.Parse("взнос") });
        book.Move("2026-03-15T12:00:00Z");
        await book.WriteAsync(
            new TransferMoney(wallet, other, Amount("12.34"), null) { Description = Description.Parse("invoice 81; <rent> & more") });
        book.Move("2026-03-31T23:59:59.999999Z");
        await book.WriteAsync(new Withdraw(wallet, Amount("100.50"), null));
        book.Move("2026-04-01T00:00:00Z");
        await book.WriteAsync(new TransferMoney(other, wallet, Amount("0.01"), null));
        book.Move("2026-04-30T10:00:00Z");
        await book.WriteAsync(new Withdraw(wallet, Amount("50"), null));
        book.Move("2026-05-02T10:00:00Z");
        await book.WriteAsync(new Withdraw(wallet, Amount("1"), null));
        return new StatementSubject.OfWallet(wallet);
    }

    static Letterhead Read(string json)
    {
        Assert.True(
            LetterheadFile.TryParse(JsonSerializer.SerializeToUtf8Bytes(JsonElement.Parse(json)), out var letterheads, out var problem),
            problem);
        return letterheads.At(default)!;
    }
}
