namespace Kopeck.Cli.Bench;

/// <summary>A wallet of the bench.</summary>
/// <param name="Units">What it holds, in whole units.</param>
readonly record struct BenchWallet(long Id, long Customer, string Code, long Units);

/// <summary>What is under load, as far as it has to be prepared.</summary>
interface IBenchLedger
{
    /// <summary>What it is, for people.</summary>
    string Description { get; }

    /// <summary>All wallets of a currency whose code begins so.</summary>
    Task<List<BenchWallet>> ListAsync(string currency, string codePrefix);

    /// <summary>The customer with a code, who is registered where there is none.</summary>
    Task<long> FindCustomerAsync(string code);

    /// <summary>Opens wallets; answers their ids in the order of the codes.</summary>
    Task<long[]> OpenAsync(long customer, string currency, IReadOnlyList<string> codes);

    /// <summary>Deposits so many units on each, at most 1,000.</summary>
    Task DepositAsync(IReadOnlyList<long> wallets, long units);

    /// <summary>Sees to it that money of one wallet's currency can be sent to the other.</summary>
    Task RequireQuotesAsync(long from, long to, IReadOnlyList<(string Currency, string Rate)> quotes);

    /// <summary>Puts the load on it, until the run says that it is over.</summary>
    Task LoadAsync(LoadRun run, int connections);
}

/// <summary>What is under load answered something that the bench cannot go on with.</summary>
sealed class BenchException(string message) : IOException(message);
