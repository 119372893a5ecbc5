using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Stores.Tests.Expected;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Stores.Tests;

/// <summary>Epochs, which keep lost batches out, and the lock, which lets a node win that lost too often.</summary>
public abstract class EpochAndLockTests(StoreEngine engine) : StoreTests(engine)
{
    // Operation 1 opens the book, 2 registers the customer.
    const long Wallet = 3;

    [Fact]
    public async Task Raising_the_epoch_changes_nothing_else_and_is_seen_by_all()
    {
        var author = await OpenBookAsync();
        var before = Dump("epoch");
        var row = await Store.BumpEpochAsync(Main);
        Assert.Equal(author.Row! with { Epoch = author.Row!.Epoch + 1 }, row);
        Assert.Equal(row, await OpenStore().FindBookAsync(Main, Token));
        Assert.Equal(before, Dump("epoch"));
        Assert.Null(await Store.BumpEpochAsync(BookName.Parse("nobody")));
    }

    [Fact]
    public async Task Epochs_that_many_nodes_raise_are_all_different()
    {
        var author = await OpenBookAsync();
        await OpenBookAsync("other");
        var nodes = Enumerable.Range(0, 4).Select(_ => OpenStore()).ToList();
        var epochs = await Task.WhenAll(
            Enumerable.Range(0, 40)
                .Select(index => Task.Run(async () => (await nodes[index % nodes.Count].BumpEpochAsync(Main))!.Epoch, Token)));
        Assert.Equal(Enumerable.Range(1, 40).Select(step => author.Row!.Epoch + step), epochs.Order());
        Assert.Equal(0, (await Store.FindBookAsync(BookName.Parse("other"), Token))!.Epoch);
    }

    [Fact]
    public async Task A_batch_that_was_decided_before_another_node_raised_the_epoch_comes_too_late()
    {
        var author = await OpenBookAsync();
        var late = author.Fork(2).Write(new OpenInternalAccount(AccountCode.Parse("late"), Currency("EUR"), 0));
        var raised = (await OpenStore().BumpEpochAsync(Main))!;
        var before = Dump();
        Assert.False(await Store.CommitAsync(late, null));
        await using (var held = await Store.LockAsync(Main))
            Assert.False(await Store.CommitAsync(late, held));
        Assert.Equal(before, Dump());
        author.Learn(raised);
        Assert.True(await Store.CommitAsync(author.Write(new OpenInternalAccount(AccountCode.Parse("again"), Currency("EUR"), 0)), null));
    }

    [Fact]
    public async Task A_raised_epoch_and_a_commit_at_the_same_time_end_in_one_of_two_ways()
    {
        var author = await OpenBookAsync();
        var other = OpenStore();
        var late = 0;
        for (var round = 0; round < 60; round++)
        {
            var fork = author.Fork(round + 10);
            var batch = fork.Write(new OpenInternalAccount(AccountCode.Parse($"race-{round}"), Currency("EUR"), 0));
            var committing = Task.Run(async () => await Store.CommitAsync(batch, null), Token);
            var raised = (await Task.Run(async () => await other.BumpEpochAsync(Main), Token))!;
            if (await committing)
            {
                // Before the raise, then: the raise says so.
                Assert.Equal(fork.Row! with { Epoch = raised.Epoch }, raised);
                author = fork;
            }
            else
            {
                late++;
                Assert.Equal(author.Row! with { Epoch = raised.Epoch }, raised);
            }

            author.Learn(raised);
            Assert.Equal(raised, await Store.FindBookAsync(Main, Token));
        }

        Console.WriteLine($"{GetType().Name}: {late} of 60 came too late");
    }

    [Fact]
    public async Task Who_holds_the_lock_cannot_lose_while_others_commit()
    {
        var author = await OpenBookAsync();
        var other = OpenStore();
        var wins = 0;
        using var enough = new CancellationTokenSource();
        // The other node wins whenever it can: it knows the newest head and needs no lock.
        var pressing = Task.Run(
            async () =>
            {
                for (var seed = 100_000; !enough.IsCancellationRequested; seed++)
                {
                    var fork = Volatile.Read(ref author).Fork(seed);
                    if (!await other.CommitAsync(fork.Write(new Deposit(Wallet, Amount("1"), null)), null))
                        continue;
                    Volatile.Write(ref author, fork);
                    Interlocked.Increment(ref wins);
                }
            },
            CancellationToken.None);

        for (var round = 0; round < 25; round++)
        {
            var before = Volatile.Read(ref wins);
            await using (var held = await Store.LockAsync(Main))
            {
                // Under the lock the head stands still; who moved it there may be about to tell.
                var row = (await Store.FindBookAsync(Main, Token))!;
                while (Volatile.Read(ref author).Row != row)
                    await Task.Yield();
                var fork = Volatile.Read(ref author).Fork(200_000 + round);
                var batch = fork.Write(new Withdraw(Wallet, Amount("0.01"), null));
                Assert.Equal(row, await Store.FindBookAsync(Main, Token));
                Assert.True(await Store.CommitAsync(batch, held));
                Volatile.Write(ref author, fork);
            }

            while (Volatile.Read(ref wins) == before && !pressing.IsCompleted)
                await Task.Yield();
        }

        await enough.CancelAsync();
        await pressing;
    }

    [Fact]
    public async Task What_others_wrote_may_come_along_with_the_lock_in_order_from_the_number_on_that_was_asked_for()
    {
        var author = await OpenBookAsync();
        for (var turn = 0; turn < 5; turn++)
            Assert.True(
                await OpenStore()
                    .CommitAsync(author.Write(new OpenInternalAccount(AccountCode.Parse($"turn-{turn}"), Currency("EUR"), 0)), null));
        var last = author.Row!.Head.Number;
        foreach (var after in new[] { 0, last - 3, last, last + 1, long.MaxValue })
        {
            await using var held = await Store.LockAsync(Main, after);
            Assert.Equal(author.Row, held.Row);
            var expected = await OpenStore().ReadJournalAsync(Main, after, 1_000, Token);
            Assert.Equal(Show.Of(Store.HasFairLocks ? expected : []), Show.Of(held.Missed));
        }
    }

    [Fact]
    public async Task Only_one_node_holds_a_books_lock()
    {
        await OpenBookAsync();
        var nodes = Enumerable.Range(0, 4).Select(_ => OpenStore()).ToList();
        var holders = 0;
        var together = 0;
        await Task.WhenAll(Enumerable.Range(0, 24).Select(index => Task.Run(
            async () =>
            {
                await using var held = await nodes[index % nodes.Count].LockAsync(Main);
                if (Interlocked.Increment(ref holders) > 1)
                    Interlocked.Increment(ref together);
                // A few round trips, in which another could come in.
                for (var look = 0; look < 3; look++)
                    await nodes[index % nodes.Count].FindBookAsync(Main, Token);
                Interlocked.Decrement(ref holders);
            },
            Token)));
        Assert.Equal(0, together);
    }

    [Fact]
    public async Task While_a_node_holds_the_lock_others_read_but_do_not_write()
    {
        var author = await OpenBookAsync();
        var other = OpenStore();
        var mine = author.Fork(2).Write(new OpenInternalAccount(AccountCode.Parse("mine"), Currency("EUR"), 0));
        var theirs = author.Fork(3).Write(new OpenInternalAccount(AccountCode.Parse("theirs"), Currency("EUR"), 0));
        await using var held = await Store.LockAsync(Main);
        var losing = Task.Run(async () => await other.CommitAsync(theirs, null), Token);
        var raising = Task.Run(async () => await other.BumpEpochAsync(Main), Token);
        for (var look = 0; look < 20; look++)
        {
            Assert.Equal(author.Row, await other.FindBookAsync(Main, Token));
            Assert.Equal(author.Last, (await other.GetAccountAsync(Main, Wallet, null, Token)).Number);
        }

        Assert.False(losing.IsCompleted);
        Assert.False(raising.IsCompleted);
        Assert.True(await Store.CommitAsync(mine, held));
        Assert.False(await losing);
        Assert.Equal(mine.Next with { Epoch = 1 }, await raising);
    }

    [Fact]
    public async Task A_lock_that_was_not_used_lets_go()
    {
        var author = await OpenBookAsync();
        var other = OpenStore();
        for (var round = 0; round < 3; round++)
        {
            var held = await Store.LockAsync(Main);
            await held.DisposeAsync();
            await held.DisposeAsync();
            await using (await other.LockAsync(Main))
            {
            }

            Assert.True(
                await other.CommitAsync(
                    author.Write(new OpenInternalAccount(AccountCode.Parse($"free-{round}"), Currency("EUR"), 0)), null));
        }
    }

    [Fact]
    public async Task A_lock_whose_commit_lost_or_ended_lets_go()
    {
        var author = await OpenBookAsync();
        var other = OpenStore();
        var stale = author.Fork(2).Write(new OpenInternalAccount(AccountCode.Parse("stale"), Currency("EUR"), 0));
        Assert.True(await other.CommitAsync(author.Write(new OpenInternalAccount(AccountCode.Parse("first"), Currency("EUR"), 0)), null));
        await using (var held = await Store.LockAsync(Main))
        {
            Assert.False(await Store.CommitAsync(stale, held));
            // The commit ended the lock, whatever became of it.
            Assert.True(
                await other.CommitAsync(author.Write(new OpenInternalAccount(AccountCode.Parse("second"), Currency("EUR"), 0)), null));
        }

        await using (var held = await Store.LockAsync(Main))
        {
            Assert.True(
                await Store.CommitAsync(author.Write(new OpenInternalAccount(AccountCode.Parse("third"), Currency("EUR"), 0)), held));
            Assert.True(
                await other.CommitAsync(author.Write(new OpenInternalAccount(AccountCode.Parse("fourth"), Currency("EUR"), 0)), null));
        }
    }

    async Task<BookAuthor> OpenBookAsync(string book = "main")
    {
        var author = new BookAuthor(book);
        author.Open();
        author.Write(new RegisterCustomer(CountryCode.Parse("PT"), Details("Anna"), Currency("EUR")));
        author.Write(new Deposit(Wallet, Amount("1000"), null));
        await CommitAllAsync(author);
        return author;
    }
}
