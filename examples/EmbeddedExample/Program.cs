// A ledger in a file, without a server: two customers in two currencies, a payment, what went wrong, history, a statement, the journal.
//   EmbeddedExample ledger.db
using System.Text;
using Kopeck.Embedded;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;

await using var ledger = await KopeckLedger.OpenAsync(args[0], new() { BaseCurrency = "EUR" });

var ada = (await ledger.RegisterAsync(new("Ada Lovelace", "GB", "London") { Code = "ada", Currency = "EUR", Key = "register-ada" })).Value;
var yuki = (await ledger.RegisterAsync(new("Yuki Mori", "JP", "Kyoto") { Code = "yuki", Currency = "JPY", Key = "register-yuki" })).Value;
var (from, to) = (ada.Wallet!.Id, yuki.Wallet!.Id);

var deposit = (await ledger.DepositAsync(new(from, "1000.00") { Key = "salary-2026-11", Description = "salary" })).Value;
var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
await ledger.LoadQuotesAsync(today, new Dictionary<string, string>(StringComparer.Ordinal) { ["JPY"] = "0.0061" });

// The named side is exact: the receiver gets 25,000 yens. The key makes a retry of the whole program safe: the invoice is paid once.
var paid = (await ledger.TransferAsync(new(from, to, "25000", "JPY") { Key = "invoice-81", Description = "invoice 81" })).Value;
var again = await ledger.TransferAsync(new(from, to, "25000", "JPY") { Key = "invoice-81", Description = "invoice 81" });
Console.WriteLine($"paid once: {again.IsReplay && again.Value.Number == paid.Number}");

// Errors are values; .Value throws them for those who rather catch.
var refused = await ledger.WithdrawAsync(new(from, "5000.00") { Key = "cash-1" });
Console.WriteLine($"refused: {refused.Rejection!.Code.Name()}");

foreach (var wallet in new[] { from, to })
{
    var account = (await ledger.GetWalletAsync(wallet)).Value;
    Console.WriteLine($"wallet: {MoneyText.Format(account.Posted, account.Currency.MinorUnits)} {account.Currency}");
}

var before = (await ledger.GetWalletAsync(from, at: deposit.Number)).Value;
Console.WriteLine($"as the deposit left it: {MoneyText.Format(before.Posted, before.Currency.MinorUnits)}");

// Bulk: any number of requests, each with its key; outcomes in their order.
var done = 0;
await foreach (var outcome in ledger.SubmitAsync(Cents(from, 1_000)))
    done += outcome.IsAccepted ? 1 : 0;
Console.WriteLine($"bulk: {done}");

using var statement = new MemoryStream();
await ledger.WriteWalletStatementAsync(to, statement, new() { Format = "csv" });
Console.WriteLine($"statement: {Encoding.UTF8.GetString(statement.ToArray()).Contains("invoice 81", StringComparison.Ordinal)}");

// The journal from its beginning; it would go on as operations are committed.
await foreach (var operation in ledger.WatchAsync(after: 0))
{
    if (operation.Kind != OperationKind.Transfer)
        continue;
    Console.WriteLine($"journal: {((MoneyMoved)operation.Body).Description}");
    break;
}

var verified = await ledger.VerifyAsync();
Console.WriteLine($"verified: {verified.Finding is null}");

static async IAsyncEnumerable<MoneyRequest> Cents(long wallet, int count)
{
    for (var place = 0; place < count; place++)
        yield return new DepositRequest(wallet, "0.01") { Key = $"cent-{place}" };
    await Task.CompletedTask;
}
