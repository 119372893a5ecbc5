using System.Globalization;
using Kopeck.Cli.Commands;

namespace Kopeck.Cli.Bench;

/// <summary>The wallets of the bench: made once, found again by their codes, and filled up where they ran low.</summary>
sealed class BenchWallets(IBenchLedger ledger)
{
    const int WalletsACustomer = 100;
    const int DepositsABatch = 1_000;
    const int Workers = 8;

    /// <summary>Enough for days of load, and far from what a balance can hold.</summary>
    const long FullUnits = 100_000_000;
    const long LowUnits = 10_000_000;

    /// <summary>So many wallets of a currency, in the order of their codes.</summary>
    public async Task<long[]> PrepareAsync(string currency, int count)
    {
        var prefix = $"bench-{currency}-";
        var wallets = new BenchWallet[count];
        var customers = new Dictionary<int, long>();
        foreach (var wallet in await ledger.ListAsync(currency, prefix))
        {
            if (!int.TryParse(wallet.Code.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                || place >= count)
                continue;
            wallets[place] = wallet;
            customers[place / WalletsACustomer] = wallet.Customer;
        }

        await OpenMissingAsync(wallets, customers, currency, prefix);
        await FillAsync(wallets, currency);
        return [.. wallets.Select(wallet => wallet.Id)];
    }

    async Task OpenMissingAsync(BenchWallet[] wallets, Dictionary<int, long> customers, string currency, string prefix)
    {
        var missing = Enumerable.Range(0, wallets.Length).Where(place => wallets[place].Id == 0).GroupBy(place => place / WalletsACustomer)
            .Select(group => group.ToArray()).ToList();
        using var progress = new Progress($"{currency} wallets opened");
        var (done, total) = (0, missing.Sum(group => group.Length));
        await Parallel.ForEachAsync(missing, Parallelism, async (places, _) =>
        {
            var block = places[0] / WalletsACustomer;
            var customer = customers.TryGetValue(block, out var known) ? known : await ledger.FindCustomerAsync($"{prefix}{block}");
            var ids = await ledger.OpenAsync(
                customer, currency, [.. places.Select(place => prefix + place.ToString(CultureInfo.InvariantCulture))]);
            for (var index = 0; index < places.Length; index++)
                wallets[places[index]] = new BenchWallet(ids[index], customer, "", 0);
            lock (progress)
                progress.Report(done += places.Length, total);
        });
    }

    async Task FillAsync(BenchWallet[] wallets, string currency)
    {
        var low = wallets.Where(wallet => wallet.Units < LowUnits).Select(wallet => wallet.Id).Chunk(DepositsABatch).ToList();
        using var progress = new Progress($"{currency} wallets filled");
        var (done, total) = (0, low.Sum(chunk => chunk.Length));
        await Parallel.ForEachAsync(low, Parallelism, async (chunk, _) =>
        {
            await ledger.DepositAsync(chunk, FullUnits);
            lock (progress)
                progress.Report(done += chunk.Length, total);
        });
    }

    static ParallelOptions Parallelism => new() { MaxDegreeOfParallelism = Workers };
}
