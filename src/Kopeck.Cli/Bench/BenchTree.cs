using System.CommandLine;
using System.Globalization;
using Kopeck.Cli.Settings;
using Kopeck.Ledger.Money;

namespace Kopeck.Cli.Bench;

/// <summary>The options of <c>kopeck bench</c>.</summary>
static class BenchTree
{
    static readonly Option<string?> Url = new("--url") { Description = "The server to load, such as http://127.0.0.1:5080; an engine in this process on --database if left out" };
    static readonly Option<string?> Key = new("--key") { Description = "An API key of the server's book with the scopes read, transfer, cash and quotes; admin.key of --keys if left out" };
    static readonly Option<string> Mix = new("--mix")
    {
        Description = "Kinds and weights: transfer, deposit, withdrawal, hold, capture, read, live",
        DefaultValueFactory = _ => "transfer",
    };
    static readonly Option<int> Connections =
        new("--connections") { Description = "Requests in flight, one a connection", DefaultValueFactory = _ => 256 };
    static readonly Option<int> Accounts =
        new("--accounts") { Description = "Wallets; they are made once and found again", DefaultValueFactory = _ => 100_000 };
    static readonly Option<string> Spread = new("--spread")
    {
        Description = "How wallets are drawn: uniform, zipf, or hot: everything to one wallet",
        DefaultValueFactory = _ => "uniform"
    };
    static readonly Option<int> Batch =
        new("--batch") { Description = "Operations a request, at most 10000; 1 sends them one by one", DefaultValueFactory = _ => 1 };
    static readonly Option<int> Conversions =
        new("--conversions") { Description = "Of 100 transfers, how many go to a wallet of the other currency" };
    static readonly Option<int> Rejections =
        new("--rejections") { Description = "Of 100 transfers and withdrawals, how many ask for more than there is" };
    static readonly Option<int> Seconds = new("--seconds") { Description = "How long to measure", DefaultValueFactory = _ => 10 };
    static readonly Option<long?> Count = new("--count") { Description = "Measure so many operations, however long it takes" };
    static readonly Option<int> WarmUp =
        new("--warm-up") { Description = "Seconds of load before it is measured", DefaultValueFactory = _ => 3 };
    static readonly Option<long> Seed =
        new("--seed") { Description = "Another seed draws other wallets and amounts", DefaultValueFactory = _ => 1 };
    static readonly Option<string> HeldCurrency =
        new("--currency") { Description = "The wallets' currency", DefaultValueFactory = _ => "EUR" };
    static readonly Option<string> OtherCurrency =
        new("--other-currency") { Description = "The other wallets' currency, for conversions", DefaultValueFactory = _ => "USD" };
    static readonly Option<bool> NoVerify = new("--no-verify") { Description = "Do not verify the book afterwards" };

    public static Command Build(Option<string> book, Option<bool> json) =>
        CommandTree.Command(
            "bench",
            "Loads a server or an engine in this process, says how fast it was, and verifies the book. It writes to the book. Example: kopeck bench --database sqlite:bench.db --batch 1000 --connections 4",
            (settings, result) =>
                BenchCommand.RunAsync(
                    settings, ReadPlan(result), result.GetRequiredValue(book), result.GetValue(Key), !result.GetValue(NoVerify),
                    result.GetValue(json)),
            Url, Key, book, Mix, Connections, Accounts, Spread, Batch, Conversions, Rejections, Seconds, Count, WarmUp, Seed, HeldCurrency,
            OtherCurrency, NoVerify, json);

    static BenchPlan ReadPlan(ParseResult result)
    {
        if (result.GetValue(Count) is not null && result.GetResult(Seconds) is { Implicit: false })
            throw new UsageException("--seconds or --count, not both");
        return new BenchPlan
        {
            Url = result.GetValue(Url) is { } url ? ReadUrl(url) : null,
            Mix = BenchPlan.ReadMix(result.GetRequiredValue(Mix)),
            Connections = result.GetValue(Connections),
            Accounts = result.GetValue(Accounts),
            Spread = ReadSpread(result.GetRequiredValue(Spread)),
            Batch = result.GetValue(Batch),
            ConversionPercent = result.GetValue(Conversions),
            RejectionPercent = result.GetValue(Rejections),
            Seconds = result.GetValue(Seconds),
            Count = result.GetValue(Count),
            WarmUpSeconds = result.GetValue(WarmUp),
            Seed = unchecked((ulong)result.GetValue(Seed)),
            Currency = Find(result.GetRequiredValue(HeldCurrency)),
            OtherCurrency = Find(result.GetRequiredValue(OtherCurrency)),
        };
    }

    static Uri ReadUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new UsageException($"--url is http://ADDRESS:PORT, got {text}");

    static Spread ReadSpread(string text) => text switch
    {
        "uniform" => Bench.Spread.Uniform,
        "zipf" => Bench.Spread.Zipf,
        "hot" => Bench.Spread.Hot,
        _ =>
            throw new UsageException(
                string.Create(CultureInfo.InvariantCulture, $"--spread: there is no {text}: use uniform, zipf or hot")),
    };

    static Currency Find(string code) =>
        Currency.TryFind(code, out var currency, out var error) ? currency : throw new UsageException($"{code}: {error.Detail}");
}
