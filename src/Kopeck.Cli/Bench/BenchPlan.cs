using Kopeck.Cli.Settings;
using Kopeck.Ledger.Money;

namespace Kopeck.Cli.Bench;

/// <summary>What a load consists of.</summary>
enum LoadKind
{
    /// <summary>A transfer between two wallets.</summary>
    Transfer,

    /// <summary>A deposit.</summary>
    Deposit,

    /// <summary>A withdrawal.</summary>
    Withdrawal,

    /// <summary>A hold that nobody captures: a minute later it has expired, which the ledger writes by itself.</summary>
    Hold,

    /// <summary>A hold, and then the whole of it captured by another wallet: two requests, one operation.</summary>
    Capture,

    /// <summary>A linearizable read of one wallet.</summary>
    Read,

    /// <summary>The server's own empty endpoint, to compare with. Over HTTP only.</summary>
    Live,
}

/// <summary>How wallets are drawn.</summary>
enum Spread
{
    /// <summary>Each as likely as any other.</summary>
    Uniform,

    /// <summary>The n-th with a weight of 1/n.</summary>
    Zipf,

    /// <summary>Every transfer and deposit goes to one wallet, which every withdrawal and read names.</summary>
    Hot,
}

/// <summary>What <c>kopeck bench</c> was told to do.</summary>
sealed record BenchPlan
{
    public const int MaxBatch = 10_000;

    /// <summary>The server; null for an engine in this process.</summary>
    public Uri? Url { get; init; }

    /// <summary>Weights by <see cref="LoadKind"/>.</summary>
    public required IReadOnlyList<int> Mix { get; init; }

    /// <summary>Requests in flight, one a connection.</summary>
    public required int Connections { get; init; }

    /// <summary>Wallets of each currency.</summary>
    public required int Accounts { get; init; }

    public required Spread Spread { get; init; }

    /// <summary>Operations a request; 1 sends them one by one.</summary>
    public required int Batch { get; init; }

    /// <summary>Of 100 transfers, how many go to a wallet of the other currency.</summary>
    public required int ConversionPercent { get; init; }

    /// <summary>Of 100 transfers and withdrawals, how many ask for more than there is.</summary>
    public required int RejectionPercent { get; init; }

    /// <summary>How long to measure, unless there is a count.</summary>
    public required int Seconds { get; init; }

    /// <summary>How many operations to measure.</summary>
    public long? Count { get; init; }

    public required int WarmUpSeconds { get; init; }

    public required ulong Seed { get; init; }

    public required Currency Currency { get; init; }

    public required Currency OtherCurrency { get; init; }

    /// <summary>Whether some transfers are converted, and so both currencies have wallets.</summary>
    public bool Converts => ConversionPercent > 0 && Mix[(int)LoadKind.Transfer] > 0;

    /// <summary>Whether wallets are named at all.</summary>
    public bool NeedsWallets => Mix.Take((int)LoadKind.Live).Any(weight => weight > 0);

    /// <summary>Reads a mix such as <c>transfer=90,read=10</c>.</summary>
    public static IReadOnlyList<int> ReadMix(string text)
    {
        var mix = new int[Enum.GetValues<LoadKind>().Length];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var words = part.Split('=');
            if (!Enum.TryParse<LoadKind>(words[0], ignoreCase: true, out var kind)
                || !Enum.IsDefined(kind)
                || char.IsDigit(words[0][0])
                || words.Length > 2)
            {
                throw new UsageException(
                    $"--mix: there is no {part}: use transfer, deposit, withdrawal, hold, capture, read, live with weights, such as transfer=90,read=10");
            }

            var weight = 1;
            if (words.Length == 2
                && (
                    !int.TryParse(
                        words[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out weight)
                        || weight > 1_000_000))
                throw new UsageException($"--mix: {part}: a weight is a whole number up to 1000000");
            mix[(int)kind] += weight;
        }

        return mix.Sum() > 0 ? mix : throw new UsageException("--mix: every weight is zero");
    }

    /// <summary>This plan, or a <see cref="UsageException"/> that names what does not go together.</summary>
    public BenchPlan Check()
    {
        Range("--connections", Connections, 1, 10_000);
        Range("--accounts", Accounts, 2, 10_000_000);
        Range("--batch", Batch, 1, MaxBatch);
        Range("--conversions", ConversionPercent, 0, 100);
        Range("--rejections", RejectionPercent, 0, 100);
        Range("--seconds", Seconds, 1, 86_400);
        Range("--warm-up", WarmUpSeconds, 0, 3_600);
        if (Count is { } count)
            Range("--count", count, 1, 1_000_000_000);
        if (Batch > 1 && Mix.Skip((int)LoadKind.Capture).Any(weight => weight > 0))
            throw new UsageException("--batch: a batch takes transfers, deposits, withdrawals and holds only");
        if (Url is null && Mix[(int)LoadKind.Live] > 0)
            throw new UsageException("--mix: live needs a server: name it with --url");
        if (Url is not null && (!Url.IsAbsoluteUri || Url.Scheme != "http" || Url.PathAndQuery != "/"))
            throw new UsageException("--url is http://ADDRESS:PORT");
        if (Currency == OtherCurrency || Currency.MinorUnits != 2 || OtherCurrency.MinorUnits != 2)
            throw new UsageException("--currency and --other-currency are two currencies with two decimals each");
        return this;
    }

    static void Range(string option, long value, long least, long most)
    {
        if (value < least || value > most)
            throw new UsageException($"{option} is {least} to {most}, got {value}");
    }
}
