using System.Globalization;
using Kopeck.Engine.Execution;
using Kopeck.Engine.Requests;
using Kopeck.Laws.Tests.Driving;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Laws.Tests;

/// <summary>Two nodes of one book, of which one decides slowly, or stops in the middle of it.</summary>
/// <param name="engine">The database engine.</param>
public abstract class UnequalNodesTests(StoreEngine engine)
{
    const int Wallets = 20;
    const int Callers = 64;
    const int MostLossesInARow = 10;

    // What a node's callers send together takes well under a millisecond to decide.
    static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(4);

    readonly List<long> wallets = [];

    [Fact]
    public async Task A_node_that_decides_four_times_slower_does_its_share_and_loses_seldom_in_a_row()
    {
        await using var quick = await TestLedger.CreateAsync(engine);
        await using var slow = quick.Join(2, look: () => SpinWait.SpinUntil(() => false, Slowness));
        await OpenAsync(quick);
        var count = TestSeed.Times(20_000, atMost: 200_000);
        await LoadAsync(quick, slow, "warm-up", 1_000);
        var before = new[] { quick, slow }.Select(node => Counts(node).CommittedOperations).ToList();
        await LoadAsync(quick, slow, "load", count);
        var done = new[] { quick, slow }.Select((node, index) => Counts(node).CommittedOperations - before[index]).ToList();
        foreach (var node in new[] { quick, slow })
            Assert.InRange(Counts(node).MostLostInARow, 0, MostLossesInARow);
        Console.WriteLine(
            $"{done[0]} operations by the quick node, {done[1]} by the slow one; {Counts(quick).LostBatches} and {Counts(slow).LostBatches} batches lost, at most {Counts(quick).MostLostInARow} and {Counts(slow).MostLostInARow} in a row");
        // Where locks are not fair, that it goes forward must do.
        Assert.True(done.Min() >= (quick.Store.HasFairLocks ? 0.35m : 0.1m) * done.Sum(), $"{done[0]} operations and {done[1]}");
        quick.Verify();
    }

    [Fact]
    public async Task A_node_that_stopped_while_it_decided_writes_nothing_stale_and_answers_as_of_now()
    {
        using var gate = new Gate();
        await using var other = await TestLedger.CreateAsync(engine);
        await using var node = other.Join(2, look: gate.Pass);
        await OpenAsync(other);
        var (payer, payee) = (wallets[0], wallets[1]);
        // It knows both wallets, and decides without asking anyone.
        Assert.Null((await SubmitAsync(node, new TransferMoney(payer, payee, Amount("1"), null), "before")).Rejection);
        var rounds = TestSeed.Times(4, atMost: 40);
        for (var round = 0; round < rounds; round++)
        {
            gate.Close();
            var all = SubmitAsync(node, new Withdraw(payer, Amount(await ReadAsync(other, payer)), null), $"all-{round}");
            var same = SubmitAsync(node, new Deposit(payee, Amount("2"), null), $"same-{round}");
            await gate.ReachedAsync();

            // Meanwhile the other node spends what the first one is about to, and is asked for the same deposit.
            Assert.Null((await SubmitAsync(other, new TransferMoney(payer, payee, Amount("0.01"), null), $"first-{round}")).Rejection);
            var deposit = await SubmitAsync(other, new Deposit(payee, Amount("2"), null), $"same-{round}");
            gate.Open();

            Assert.Equal(ErrorCode.InsufficientFunds, (await all).Rejection?.Code);
            Assert.Equal((true, deposit.AsOf), ((await same).IsReplay, (await same).AsOf));
            foreach (var wallet in new[] { payer, payee })
                Assert.Equal(await ReadAsync(other, wallet), await ReadAsync(node, wallet));
            // From now on where nodes take turns it decides under the book's lock, which it loses when it stands still for too long.
            Assert.Null((await SubmitAsync(node, new Deposit(payer, Amount("5"), null), $"more-{round}")).Rejection);
            Assert.Equal(await ReadAsync(node, payer), await ReadAsync(other, payer));
        }

        other.Verify();
    }

    [Fact]
    public async Task A_node_that_others_always_overtake_while_it_catches_up_is_served_nevertheless()
    {
        FaultyStore? overtaken = null;
        await using var other = await TestLedger.CreateAsync(engine);
        await using var node = other.Join(2, store => overtaken = new FaultyStore(store));
        await OpenAsync(other);
        var turns = 0;
        overtaken!.BeforeLookUp = async () =>
        {
            var outcome = await SubmitAsync(other, new Deposit(wallets[0], Amount("1"), null), $"turn-{++turns}");
            Assert.True(outcome.Rejection is null, outcome.Rejection?.Detail);
        };
        var late = await SubmitAsync(node, new Deposit(wallets[1], Amount("1"), null), "late").WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(late.Rejection is null, late.Rejection?.Detail);
        Assert.InRange(turns, 1, MostLossesInARow);
        other.Verify();
    }

    static BatchCounts Counts(TestLedger ledger) => Assert.Single(ledger.Engine.Books).Counts;

    async Task OpenAsync(TestLedger ledger)
    {
        for (var index = 0; index < Wallets; index++)
        {
            var opened = await SubmitAsync(
                ledger, new RegisterCustomer(CountryCode.Parse("PT"), Details($"Customer {index}"), Currency("EUR")), null);
            wallets.Add(opened.Account!.Id);
            Assert.Null((await SubmitAsync(ledger, new Deposit(wallets[^1], Amount("1000"), null), $"open-{index}")).Rejection);
        }
    }

    /// <summary>Transfers from as many callers on each node, until there were so many in all.</summary>
    async Task LoadAsync(TestLedger one, TestLedger two, string name, int count)
    {
        var left = count;
        async Task WorkAsync(TestLedger ledger, int worker)
        {
            var random = new Random(worker);
            for (var turn = 0; Interlocked.Decrement(ref left) >= 0; turn++)
            {
                var from = random.Next(Wallets);
                var outcome = await SubmitAsync(
                    ledger, new TransferMoney(wallets[from], wallets[(from + random.Next(1, Wallets)) % Wallets], Amount("0.01"), null),
                    $"{name}-{worker}-{turn}");
                Assert.True(outcome.Rejection is null, outcome.Rejection?.Detail);
            }
        }

        await Task.WhenAll(
            Enumerable.Range(0, 2 * Callers).Select(worker => Task.Run(() => WorkAsync(worker % 2 == 0 ? one : two, worker))));
    }

    static async Task<Outcome> SubmitAsync(TestLedger ledger, Command command, string? key) =>
        await ledger.Engine.SubmitAsync(
            TestLedger.Admin, new Request { Command = command, Key = key is null ? null : IdempotencyKey.Parse(key) });

    static async Task<string> ReadAsync(TestLedger ledger, long wallet)
    {
        var account = (await ledger.Engine.GetAccountAsync(TestLedger.Book, wallet, TestContext.Current.CancellationToken)).Value!;
        return (account.Posted / 100m).ToString("0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>Where a node that decides stands still as long as it is closed.</summary>
    sealed class Gate : IDisposable
    {
        readonly ManualResetEventSlim open = new(true);
        TaskCompletionSource reached = New();

        public void Close()
        {
            reached = New();
            open.Reset();
        }

        public void Open() => open.Set();

        public Task ReachedAsync() => reached.Task.WaitAsync(TimeSpan.FromMinutes(1));

        public void Pass()
        {
            if (!open.IsSet)
                reached.TrySetResult();
            open.Wait();
        }

        public void Dispose()
        {
            open.Set();
            open.Dispose();
        }

        static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
