// One `Submit` on one connection, full of transfers between the wallets of `kopeck bench`: how many a second were answered.
//   submit-load GRPC_URL API_KEY WARM_UP_SECONDS SECONDS
//   submit-load GRPC_URL API_KEY 0 OPERATIONS --count
// Prints the operations a second; a refusal or an error ends it with 1.
using System.Diagnostics;
using System.Globalization;
using Kopeck.Client;
using Kopeck.V1;

if (args.Length is not (4 or 5))
{
    Console.Error.WriteLine("submit-load GRPC_URL API_KEY WARM_UP_SECONDS SECONDS, or 0 OPERATIONS --count");
    return 2;
}

var number = (int place) => long.Parse(args[place], CultureInfo.InvariantCulture);
using var ledger = new KopeckClient(args[0], args[1]);
var wallets = new List<string>();
await foreach (var account in ledger.ListAccountsAsync(new() { Currency = "EUR", Kind = AccountKind.Wallet }))
{
    if (account.Code.StartsWith("bench-EUR-", StringComparison.Ordinal))
        wallets.Add(account.Id);
}

if (wallets.Count < 2)
{
    Console.Error.WriteLine("There are no wallets: run kopeck bench on this book first");
    return 2;
}

var warmUp = TimeSpan.FromSeconds(number(2));
var isCounted = args.Length == 5;
var total = TimeSpan.FromSeconds(isCounted ? 0 : number(2) + number(3));
var clock = Stopwatch.StartNew();
var answered = 0L;
var (measured, measuredFrom) = (0L, warmUp);
await foreach (var outcome in ledger.SubmitAsync(Transfers()))
{
    if (outcome.ResultCase != Outcome.ResultOneofCase.Operation)
    {
        Console.Error.WriteLine($"refused: {outcome}");
        return 1;
    }

    // Looked at once in a while: the clock is slower than an outcome.
    if (++answered % 500 == 0 && measured == 0 && clock.Elapsed >= warmUp)
        (measured, measuredFrom) = (answered, clock.Elapsed);
    if (isCounted && answered % 100_000 == 0)
        Console.Error.WriteLine($"{answered} operations, {Environment.WorkingSet >> 20} MB");
}

Console.WriteLine(
    ((answered - measured) * 1_000 / Math.Max(1, (clock.Elapsed - measuredFrom).Ticks / TimeSpan.TicksPerMillisecond))
        .ToString(CultureInfo.InvariantCulture));
return 0;

async IAsyncEnumerable<Item> Transfers()
{
    var random = new Random(7);
    var cent = Money.Of(0.01m, "EUR");
    for (var sent = 0L; isCounted ? sent < number(3) : sent % 100 != 0 || clock.Elapsed < total; sent++)
    {
        var from = random.Next(wallets.Count);
        yield return new Item
        {
            Transfer =
                new Transfer { From = wallets[from], To = wallets[(from + random.Next(1, wallets.Count)) % wallets.Count], Amount = cent }
        };
    }

    await Task.CompletedTask;
}
