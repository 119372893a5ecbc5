using System.Globalization;
using Kopeck.NSwag;

var http = new HttpClient { BaseAddress = new Uri(args[0] + "/") };
http.DefaultRequestHeaders.Authorization = new("Bearer", args[1]);
var kopeck = new KopeckClient(http) { BaseUrl = args[0] };
var keys = 0;
string Key() => string.Create(CultureInfo.InvariantCulture, $"nswag-{keys++}");

var ada = await kopeck.RegisterCustomerAsync(
    idempotency_Key: Key(), body: new RegisterCustomer { Name = "Ada", Country = "GB", City = "London", Currency = CurrencyCode.EUR });
var bob = await kopeck.RegisterCustomerAsync(
    idempotency_Key: Key(), body: new RegisterCustomer { Name = "Bob", Country = "DE", City = "Bonn", Currency = CurrencyCode.EUR });
var yen = await kopeck.OpenWalletAsync(ada.Id, idempotency_Key: Key(), body: new OpenWallet { Currency = CurrencyCode.JPY });
var (from, to) = (ada.Wallets.First().Id, bob.Wallets.First().Id);

var deposit = await kopeck.DepositAsync(idempotency_Key: Key(), body: new Deposit { Wallet = from, Amount = "1000.00" });
Console.WriteLine($"deposit: {deposit.Entries.Single(entry => entry.Account == from).Balance}");

var hold = await kopeck.PlaceHoldAsync(idempotency_Key: Key(), body: new NewHold { From = from, Amount = "100.00", To = to });
Console.WriteLine($"hold: {hold.Hold.Remaining}");
var captured = await kopeck.CaptureHoldAsync(hold.Id, idempotency_Key: Key(), body: new HoldCapture { Amount = "90.00", Final = true });
Console.WriteLine($"captured: {captured.Hold.Captured}, released: {captured.Hold.Released}");

var converted = await kopeck.TransferAsync(
    idempotency_Key: Key(), body: new Transfer { From = from, To = yen.Id, Amount = "25000", Currency = CurrencyCode.JPY });
Console.WriteLine($"converted: {converted.Exchange.Rate} {converted.Entries.Single(entry => entry.Account == from).Amount}");

// What is one of several is an open object to NSwag.
static BatchItem Item(string kind, params (string Name, string Value)[] members)
{
    var item = new BatchItem { AdditionalProperties = new Dictionary<string, object> { ["kind"] = kind } };
    foreach (var (name, value) in members)
        item.AdditionalProperties[name] = value;
    return item;
}

var batch = await kopeck.SubmitBatchAsync(
    idempotency_Key: Key(),
    body: new Batch
    {
        Operations =
        [
            Item("deposit", ("wallet", from), ("amount", "10.00")),
            Item("transfer", ("from", from), ("to", to), ("amount", "5.00")),
            Item("withdrawal", ("wallet", to), ("amount", "99999.00")),
        ],
    });
Console.WriteLine("batch: " + string.Join(' ', batch.Outcomes.Select(outcome =>
{
    var body = (Newtonsoft.Json.Linq.JObject)outcome.AdditionalProperties["body"];
    return (string)body[(string)outcome.AdditionalProperties["result"] == "done" ? "kind" : "code"];
})));

var ids = new List<string>();
string cursor = null;
do
{
    var page = await kopeck.ListOperationsAsync(account: from, limit: 2, cursor: cursor);
    ids.AddRange(page.Items.Select(operation => operation.Id));
    cursor = page.Next;
}
while (cursor is not null);
Console.WriteLine($"listed: {ids.Count}, {ids.Distinct().Count()}");

try
{
    await kopeck.TransferAsync(idempotency_Key: Key(), body: new Transfer { From = from, To = to, Amount = "99999.00" });
}
catch (ApiException<Problem> problem) when (problem.Result.Code == ErrorCode.Insufficient_funds)
{
    Console.WriteLine("refused: insufficient_funds");
}

var wallet = await kopeck.GetWalletAsync(from);
Console.WriteLine($"wallet: {wallet.Available}, customer: {wallet.Customer == ada.Id}");
var statement = await kopeck.GetWalletStatementAsync(yen.Id);
Console.WriteLine($"statement: {statement.Accounts.First().Closing}, lines: {statement.Accounts.First().Lines.Count}");
