using System.Globalization;
using Kopeck.Kiota;
using Kopeck.Kiota.Models;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

// On this machine, without TLS: Kiota's own provider of keys takes https only.
var http = new HttpClient();
http.DefaultRequestHeaders.Authorization = new("Bearer", args[1]);
var kopeck = new KopeckClient(
    new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http) { BaseUrl = args[0] }).V1;
var keys = 0;

void Key<T>(RequestConfiguration<T> request)
    where T : class, new() =>
    request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"kiota-{keys++}"));

var ada = await kopeck.Customers.PostAsync(
    new RegisterCustomer { Name = "Ada", Country = "GB", City = "London", Currency = CurrencyCode.EUR }, Key);
var bob = await kopeck.Customers.PostAsync(
    new RegisterCustomer { Name = "Bob", Country = "DE", City = "Bonn", Currency = CurrencyCode.EUR }, Key);
var yen = await kopeck.Customers[ada!.Id!].Wallets.PostAsync(
    new OpenWallet { Currency = CurrencyCode.JPY }, Key);
var (from, to) = (ada.Wallets![0].Id!, bob!.Wallets![0].Id!);

var deposit = await kopeck.Deposits.PostAsync(
    new Deposit { Wallet = from, Amount = "1000.00" }, Key);
Console.WriteLine($"deposit: {deposit!.Entries!.Single(entry => entry.Account == from).Balance}");

var hold = await kopeck.Holds.PostAsync(
    new NewHold { From = from, Amount = "100.00", To = to }, Key);
Console.WriteLine($"hold: {hold!.Hold!.Remaining}");
var captured = await kopeck.Holds[hold.Id!].Capture.PostAsync(
    new HoldCapture { Amount = "90.00", Final = true }, Key);
Console.WriteLine($"captured: {captured!.Hold!.Captured}, released: {captured.Hold.Released}");

var converted = await kopeck.Transfers.PostAsync(
    new Transfer { From = from, To = yen!.Id, Amount = "25000", Currency = CurrencyCode.JPY }, Key);
Console.WriteLine($"converted: {converted!.Exchange!.Rate} {converted.Entries!.Single(entry => entry.Account == from).Amount}");

var batch = await kopeck.Batches.PostAsync(
    new Batch
    {
        Operations =
        [
            new() { DepositItem = new DepositItem { Kind = DepositItem_kind.Deposit, Wallet = from, Amount = "10.00" } },
            new() { TransferItem = new TransferItem { Kind = TransferItem_kind.Transfer, From = from, To = to, Amount = "5.00" } },
            new() { WithdrawalItem = new WithdrawalItem { Kind = WithdrawalItem_kind.Withdrawal, Wallet = to, Amount = "99999.00" } },
        ],
    },
    Key);
Console.WriteLine("batch: " + string.Join(' ', batch!.Outcomes!.Select(
    outcome => outcome.DoneOutcome is { } done ? Word(done.Body!.Kind!.Value) : Word(outcome.RefusedOutcome!.Body!.Code!.Value))));

var ids = new List<string>();
string? cursor = null;
do
{
    var page = await kopeck.Operations.GetAsync(request =>
    {
        request.QueryParameters.Account = from;
        request.QueryParameters.Limit = 2;
        request.QueryParameters.Cursor = cursor;
    });
    ids.AddRange(page!.Items!.Select(operation => operation.Id!));
    cursor = page.Next;
}
while (cursor is not null);
Console.WriteLine($"listed: {ids.Count}, {ids.Distinct().Count()}");

try
{
    await kopeck.Transfers.PostAsync(
        new Transfer { From = from, To = to, Amount = "99999.00" }, Key);
}
catch (Problem problem) when (problem.Code == ErrorCode.Insufficient_funds)
{
    Console.WriteLine("refused: insufficient_funds");
}

var wallet = await kopeck.Wallets[from].GetAsync();
Console.WriteLine($"wallet: {wallet!.Available}, customer: {wallet.Customer == ada.Id}");
var statement = await kopeck.Wallets[yen.Id!].Statement.GetAsync();
Console.WriteLine($"statement: {statement!.Accounts![0].Closing}, lines: {statement.Accounts[0].Lines!.Count}");

static string Word<T>(T value)
    where T : struct, Enum => value.ToString().ToLowerInvariant();
