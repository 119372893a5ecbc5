namespace Kopeck.Cli.Bench;

/// <summary>One operation to ask for.</summary>
/// <param name="From">The wallet that pays; of a deposit, a withdrawal or a read: the wallet.</param>
/// <param name="AmountMinor">In hundredths.</param>
readonly record struct LoadItem(LoadKind Kind, long From, long To, long AmountMinor);

/// <summary>Draws operations as the plan says. Not safe for concurrent use.</summary>
sealed class ItemSource
{
    /// <summary>More than a wallet ever holds, and less than an operation's limit.</summary>
    const long TooMuchMinor = 99_999_999_999_999;

    readonly BenchPlan plan;
    readonly long[] wallets;
    readonly long[] others;
    readonly int totalWeight;
    readonly long[] zipf;
    ulong state;

    public ItemSource(BenchPlan plan, long[] wallets, long[] others)
    {
        this.plan = plan;
        this.wallets = wallets;
        this.others = others;
        state = plan.Seed;
        totalWeight = plan.Mix.Sum();
        zipf = plan.Spread == Spread.Zipf ? Weigh(wallets.Length) : [];
    }

    /// <summary>The next operation.</summary>
    public LoadItem Next()
    {
        var kind = NextKind();
        if (kind == LoadKind.Live)
            return new LoadItem(kind, 0, 0, 0);
        var isHot = plan.Spread == Spread.Hot;
        if (kind is not (LoadKind.Transfer or LoadKind.Capture))
            return new LoadItem(
                kind, wallets[isHot ? 0 : Place()], 0, kind == LoadKind.Withdrawal && IsRejected() ? TooMuchMinor : 1 + Below(500));

        var to = isHot ? 0 : Place();
        if (kind == LoadKind.Transfer && plan.ConversionPercent > 0 && Below(100) < plan.ConversionPercent)
        {
            // At least a whole unit, so that the other side is never zero. The hot wallet only receives.
            var (payer, receiver) = isHot || Below(2) == 0 ? (others[Place()], wallets[to]) : (wallets[Place()], others[to]);
            return new LoadItem(kind, payer, receiver, IsRejected() ? TooMuchMinor : 100 + Below(400));
        }

        var from = isHot ? 1 + (int)Below(wallets.Length - 1) : Place();
        if (from == to)
            from = from + 1 < wallets.Length ? from + 1 : 0;
        return new LoadItem(kind, wallets[from], wallets[to], IsRejected() ? TooMuchMinor : 1 + Below(500));
    }

    // Running sums of 2^40 / n: drawn by binary search.
    static long[] Weigh(int count)
    {
        var sums = new long[count];
        var sum = 0L;
        for (var place = 0; place < count; place++)
            sums[place] = sum += (1L << 40) / (place + 1);
        return sums;
    }

    LoadKind NextKind()
    {
        var drawn = Below(totalWeight);
        var kind = 0;
        while (drawn >= plan.Mix[kind])
            drawn -= plan.Mix[kind++];
        return (LoadKind)kind;
    }

    bool IsRejected() => plan.RejectionPercent > 0 && Below(100) < plan.RejectionPercent;

    int Place()
    {
        if (zipf.Length == 0)
            return (int)Below(wallets.Length);
        var found = Array.BinarySearch(zipf, Below(zipf[^1]));
        // A sum is the first number that is beyond its place.
        return found >= 0 ? found + 1 : ~found;
    }

    // SplitMix64, and the high half of a product instead of a division.
    long Below(long limit)
    {
        unchecked
        {
            var mixed = state += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (long)Math.BigMul(mixed ^ (mixed >> 31), (ulong)limit, out _);
        }
    }
}
