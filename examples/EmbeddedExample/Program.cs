// A ledger in a file, without a server: two customers in two currencies, a payment, what went wrong, history, a statement, the journal.
//   EmbeddedExample ledger.db
using System.Text;
using Kopeck.Api.Calls;
using Kopeck.Embedded;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;

await using var ledger = await KopeckLedger.OpenAsync(args[0], new() { BaseCurrency = "EUR" });

var ada = (
    await ledger.DoAsync(
        new RegisterCustomerRequest
        {
            Name = "Ada Lovelace",
            Country = "GB",
            City = "London",
            Code = "ada",
            Currency = "EUR",
            Key = "register-ada"
        })).Value;
var yuki = (
    await ledger.DoAsync(
        new RegisterCustomerRequest
        {
            Name = "Yuki Mori",
            Country = "JP",
            City = "Kyoto",
            Code = "yuki",
            Currency = "JPY",
            Key = "register-yuki"
        })).Value;
var (from, to) = (ada.Wallet!.Id!.Value, yuki.Wallet!.Id!.Value);

var deposit =
    (await ledger.DoAsync(new DepositRequest { Wallet = from, Amount = 1000.00m, Key = "salary-2026-11", Description = "salary" })).Value;
var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
await ledger.DoAsync(
    new LoadQuotesRequest { Date = today, Quotes = new Dictionary<string, QuoteText>(StringComparer.Ordinal) { ["JPY"] = "0.0061" } });

// The named side is exact: the receiver gets 25,000 yens. The key makes a retry of the whole program safe: the invoice is paid once.
var invoice =
    new TransferRequest { From = from, To = to, Amount = 25000m, Currency = "JPY", Key = "invoice-81", Description = "invoice 81" };
var paid = (await ledger.DoAsync(invoice)).Value;
var again = await ledger.DoAsync(invoice);
Console.WriteLine($"paid once: {again.IsReplay && again.Value.Id == paid.Id}");

// Errors are values; .Value throws them for those who rather catch.
var refused = await ledger.DoAsync(new WithdrawalRequest { Wallet = from, Amount = 5000.00m, Key = "cash-1" });
Console.WriteLine($"refused: {refused.Rejection!.Code.Name()}");

foreach (var wallet in new[] { from, to })
{
    var account = (await ledger.DoAsync(new GetWalletRequest { Id = wallet })).Value;
    Console.WriteLine($"wallet: {account.Posted}");
}

var before = (await ledger.DoAsync(new GetWalletRequest { Id = from, At = deposit.Id!.Value })).Value;
Console.WriteLine($"as the deposit left it: {before.Posted.Amount}");

// Bulk: any number of requests, each with its key; outcomes in their order.
var done = 0;
await foreach (var outcome in ledger.SubmitAsync(Cents(from, 1_000)))
    done += outcome.IsAccepted ? 1 : 0;
Console.WriteLine($"bulk: {done}");

using var statement = new MemoryStream();
await (await ledger.DoAsync(new WalletStatementRequest { Id = to, Format = "csv" })).Value.WriteAsync(statement);
Console.WriteLine($"statement: {Encoding.UTF8.GetString(statement.ToArray()).Contains("invoice 81", StringComparison.Ordinal)}");

// The journal from its beginning; it would go on as operations are committed.
await foreach (var operation in ledger.WatchAsync(after: 0))
{
    if (operation.Kind != OperationKind.Transfer)
        continue;
    Console.WriteLine($"journal: {operation.Description}");
    break;
}

var verified = await ledger.VerifyAsync();
Console.WriteLine($"verified: {verified.Finding is null}");

static async IAsyncEnumerable<MoneyRequest> Cents(long wallet, int count)
{
    for (var place = 0; place < count; place++)
        yield return new DepositRequest { Wallet = wallet, Amount = 0.01m, Key = $"cent-{place}" };
    await Task.CompletedTask;
}
