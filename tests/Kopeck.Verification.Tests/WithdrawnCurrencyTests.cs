using System.Globalization;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Postgres;
using Kopeck.Sqlite;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Authoring;
using Npgsql;

namespace Kopeck.Verification.Tests;

/// <summary>
/// A currency that leaves ISO 4217, or whose minor unit ISO 4217 changes, breaks nothing that a book holds: its base currency and a
/// wallet's are those that the journal tells of.
/// </summary>
public sealed class WithdrawnCurrencyTests
{
    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task A_book_whose_base_currency_left_ISO_4217_goes_on(StorageEngine engine)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        var (withdrawn, changed) = await FillAsync(place, new Currency("QQQ", 3));
        await using var server = await Server.StartAsync(place);
        async Task<Reply> SendAsync(int status, HttpMethod method, string path, string? body, string? key = null)
        {
            var reply = await server.SendAsync(method, path, body, key);
            Assert.True(reply.Status == status, $"{method} {path}: {reply.Status} {reply.Body}");
            return reply;
        }

        Assert.Equal("QQQ", (await server.GetAsync("/v1/book")).Json["baseCurrency"]!.GetValue<string>());
        await SendAsync(201, HttpMethod.Post, "/v1/deposits", $$"""{"wallet":"{{withdrawn}}","amount":"1.001"}""", "deposit");
        Assert.Equal("11.124", await server.PostedAsync(withdrawn));
        // A yen of four decimals, as it was when the wallet was opened.
        await SendAsync(201, HttpMethod.Post, "/v1/deposits", $$"""{"wallet":"{{changed}}","amount":"0.0001"}""", "fraction");
        Assert.Equal("7.0001", await server.PostedAsync(changed));
        await SendAsync(
            200, HttpMethod.Put, "/v1/quotes/" + TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            """{"JPY":{"units":"1","base":"2"}}""", "quotes");
        var sent = await SendAsync(
            201, HttpMethod.Post, "/v1/transfers", $$"""{"from":"{{changed}}","to":"{{withdrawn}}","amount":"1"}""", "converted");
        Assert.Equal("13.124", await server.PostedAsync(withdrawn));
        await SendAsync(201, HttpMethod.Post, $"/v1/operations/{sent.Json["id"]}/reverse", null, "refunded");
        Assert.Equal(("11.124", "7.0001"), (await server.PostedAsync(withdrawn), await server.PostedAsync(changed)));
        var hold = await SendAsync(201, HttpMethod.Post, "/v1/holds", $$"""{"from":"{{withdrawn}}","amount":"0.124"}""", "held");
        await SendAsync(201, HttpMethod.Post, $"/v1/holds/{hold.Json["id"]}/release", null, "released");

        Assert.Contains(
            "11.124",
            (await SendAsync(200, HttpMethod.Get, $"/v1/wallets/{withdrawn}/statement?format=csv", null)).Body, StringComparison.Ordinal);
        var positions = await SendAsync(200, HttpMethod.Get, "/v1/reports/exchange?format=csv", null);
        Assert.Contains("QQQ", positions.Body, StringComparison.Ordinal);
        await SendAsync(200, HttpMethod.Get, "/v1/reports/trial-balance?format=csv", null);
        // Nothing new is opened in it.
        var refused = await SendAsync(
            422, HttpMethod.Post, "/v1/customers", """{"name":"Late","country":"PT","city":"Lisboa","currency":"QQQ"}""", "late");
        Assert.Equal("unknown_currency", refused.Json["errors"]![0]!["code"]!.GetValue<string>());
        Ledgers.Verify(place);
        var rebuilt = Ledgers.Kopeck(place, "rebuild");
        Assert.True(rebuilt.ExitCode == 0, rebuilt.Output + rebuilt.Errors);
        Ledgers.Verify(place);
    }

    /// <summary>A book from before: a wallet in its base currency, and one in yen of four decimals.</summary>
    static async Task<(string Withdrawn, string Changed)> FillAsync(ILedgerPlace place, Currency withdrawn)
    {
        if (place is Folder)
        {
            var created = Ledgers.Kopeck(place, "db", "create");
            Assert.True(created.ExitCode == 0, created.Output + created.Errors);
        }

        var author = new BookAuthor("main", 13);
        author.Open(withdrawn);
        string Open(Currency currency, string amount)
        {
            author.Write(new RegisterCustomer(CountryCode.Parse("PT"), Values.Details("Early"), currency));
            var wallet = author.Last;
            author.Write(new Deposit(wallet, Values.Amount(amount), null));
            return wallet.ToString(CultureInfo.InvariantCulture);
        }

        var wallets = (Open(withdrawn, "10.123"), Open(new Currency("JPY", 4), "7"));
        await using ILedgerDatabase database = place is PostgresPlace on
            ? new PostgresDatabase(
                new NpgsqlConnectionStringBuilder((await PostgresServer.SharedAsync()).ConnectionString(on.Database)),
                allowUnsafeStorage: false)
            : new SqliteLedgerDatabase(((Folder)place).Database);
        await using var store = database.OpenStore();
        foreach (var batch in author.Batches)
            Assert.True(await store.CommitAsync(batch, null));
        return wallets;
    }
}
