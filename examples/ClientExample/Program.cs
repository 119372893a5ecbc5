// A shop that keeps balances: two customers, a payment, what went wrong, and the journal as it happens.
//   ClientExample http://127.0.0.1:5081 kopeck_...
using Kopeck.Client;
using Kopeck.V1;

using var ledger = new KopeckClient(args[0], args[1]);

var ada = await ledger.RegisterCustomerAsync(new() { Name = "Ada Lovelace", Country = "GB", City = "London", Currency = "EUR" });
var carl = await ledger.RegisterCustomerAsync(new() { Name = "Carl Gauß", Country = "DE", City = "Göttingen", Currency = "EUR" });
var (from, to) = (ada.Wallets[0].Id, carl.Wallets[0].Id);

await ledger.DepositAsync(from, Money.Of(100m, "EUR"), "first deposit");

// A key of one's own makes a retry of the whole program safe: the invoice is paid once.
var paid = await ledger.TransferAsync(from, to, Money.Of(30.50m, "EUR"), "invoice 81", key: "invoice-81");
var again = await ledger.TransferAsync(from, to, Money.Of(30.50m, "EUR"), "invoice 81", key: "invoice-81");
Console.WriteLine($"paid once: {paid.Id == again.Id}");

try
{
    await ledger.WithdrawAsync(from, Money.Of(1_000m, "EUR"));
}
catch (KopeckException exception) when (exception.Code == "insufficient_funds")
{
    Console.WriteLine($"refused: {exception.Code}");
}

foreach (var wallet in new[] { from, to })
    Console.WriteLine($"wallet: {(await ledger.GetWalletAsync(wallet)).Posted.ToDecimal()}");

// Bulk: many operations on one connection, outcomes in their order.
var done = 0;
await foreach (var outcome in ledger.SubmitAsync(Cents(from, to)))
    done += outcome.ResultCase == Outcome.ResultOneofCase.Operation ? 1 : 0;
Console.WriteLine($"bulk: {done}");

// The journal from its beginning; it would go on as operations are committed.
await foreach (var operation in ledger.WatchAsync(after: 0))
{
    if (operation.Kind == OperationKind.Transfer)
    {
        Console.WriteLine($"journal: {operation.Description}");
        break;
    }
}

static async IAsyncEnumerable<Item> Cents(string from, string to)
{
    for (var index = 0; index < 1_000; index++)
        yield return new Item { Transfer = new Transfer { From = from, To = to, Amount = Money.Of(0.01m, "EUR") } };
    await Task.CompletedTask;
}
