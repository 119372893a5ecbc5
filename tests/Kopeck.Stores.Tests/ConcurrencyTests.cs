using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.State;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Stores.Tests;

/// <summary>
/// Readers beside writers: each answer is of one moment, whole batches only, and reflects what was acknowledged before it was asked.
/// </summary>
public abstract class ConcurrencyTests(StoreEngine engine) : StoreTests(engine)
{
    const int Batches = 150;
    const int MostBatches = 20 * Batches;
    const int OperationsABatch = 10;

    // Operation 1 opens the book, then both accounts are opened.
    const long One = 2;
    const long Two = 3;

    int confirmed;

    [Fact]
    public async Task Readers_see_whole_batches_only_and_everything_acknowledged()
    {
        var author = new BookAuthor();
        author.Open();
        author.Write(
            new OpenInternalAccount(AccountCode.Parse("one"), Currency("EUR"), null),
            new OpenInternalAccount(AccountCode.Parse("two"), Currency("EUR"), null));
        await CommitAllAsync(author);
        var first = author.Last;
        var acknowledged = first;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var looks = new int[4];
        var readers = new[] { Store, OpenStore() }.SelectMany((store, index) => new[]
        {
            ReadWhileAsync(
                () => LookAsync(store, () => Volatile.Read(ref acknowledged), first), () => looks[2 * index]++, enough.Token),
            ReadWhileAsync(
                () => ListAsync(store, () => Volatile.Read(ref acknowledged), first), () => looks[(2 * index) + 1]++, enough.Token),
        }).ToList();
        var writer = OpenStore();
        // On a busy machine a reader may not have had its turn by then.
        for (var batch = 0; batch < Batches || (batch < MostBatches && (looks.Min() <= 5 || confirmed <= 5)); batch++)
        {
            // Each batch moves money there in its first half and more back in its second, so that half a batch would show.
            var rows = author.Write(
                [
                    .. Enumerable.Range(0, OperationsABatch)
                        .Select(
                            index =>
                                new PostLegs(
                                    [index < OperationsABatch / 2 ? new Leg(One, Two, Amount("1")) : new Leg(Two, One, Amount("1.01"))]))]);
            Assert.True(await writer.CommitAsync(rows, null));
            Volatile.Write(ref acknowledged, author.Last);
        }

        await enough.CancelAsync();
        await Task.WhenAll(readers);
        Console.WriteLine($"{GetType().Name}: {string.Join(", ", looks)} looks, {confirmed} look-ups of a known head");
        Assert.All(looks, count => Assert.True(count > 5));
        Assert.True(confirmed > 5, $"only {confirmed} look-ups were of a known head");
    }

    [Fact]
    public async Task A_read_that_is_cancelled_ends_so_and_the_store_goes_on()
    {
        var author = new BookAuthor();
        Story.Play(author);
        await CommitAllAsync(author);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var page = new PageRequest(null, true, 100);
        Func<CancellationToken, Task>[] reads =
        [
            token => Store.ListBooksAsync(token).AsTask(),
            token => Store.FindBookAsync(Main, token).AsTask(),
            token => Store.LoadBookAsync(Main, token).AsTask(),
            token => Store.LookUpAsync(Main, new Needs(), token).AsTask(),
            token => Store.GetAccountAsync(Main, 3, null, token).AsTask(),
            token => Store.ListAccountsAsync(Main, new AccountFilter(), page, token).AsTask(),
            token => Store.GetCustomerAsync(Main, 3, token).AsTask(),
            token => Store.ListCustomersAsync(Main, new CustomerFilter(), page, token).AsTask(),
            token => Store.GetOperationAsync(Main, 3, token).AsTask(),
            token => Store.GetGroupsAsync(Main, [3], token).AsTask(),
            token => Store.ListOperationsAsync(Main, new OperationFilter(), page, token).AsTask(),
            token => Store.ReadJournalAsync(Main, 0, 10, token).AsTask(),
            token => Store.FindNumberAtAsync(Main, default, token).AsTask(),
            token => Store.GetNewestQuotesAsync(Main, default, token).AsTask(),
            token => Store.ListQuotesAsync(Main, "USD", null, null, page, token).AsTask(),
            token => Store.FindKeyAsync(default, token).AsTask(),
            token => Store.ListKeysAsync(Main, token).AsTask(),
        ];
        foreach (var read in reads)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read(cancelled.Token));

        // Cancelled somewhere on their way, many at once: each is answered or cancelled, and nothing is left broken.
        var random = new Random(4);
        for (var round = 0; round < 40; round++)
        {
            using var soon = new CancellationTokenSource();
            var running = Enumerable.Range(0, 12).Select(index => reads[(round + index) % reads.Length](soon.Token)).ToList();
            for (var yields = random.Next(20); yields > 0; yields--)
                await Task.Yield();
            await soon.CancelAsync();
            foreach (var read in running)
                Assert.True(await Record.ExceptionAsync(() => read) is null or OperationCanceledException);
        }

        foreach (var read in reads)
            await read(Token);
        Assert.True(await Store.CommitAsync(author.Write(new OpenInternalAccount(AccountCode.Parse("after"), Currency("EUR"), 0)), null));
    }

    [Fact]
    public async Task What_one_node_acknowledged_every_other_node_reads_at_once()
    {
        var nodes = new[] { Store, OpenStore(), OpenStore() };
        var author = new BookAuthor();
        Assert.True(await nodes[1].CommitAsync(author.Open(), null));
        for (var round = 0; round < 60; round++)
        {
            var writer = nodes[round % nodes.Length];
            Assert.True(
                await writer.CommitAsync(author.Write(new OpenInternalAccount(AccountCode.Parse($"a{round}"), Currency("EUR"), 0)), null));
            foreach (var node in nodes)
            {
                Assert.Equal(author.Row, await node.FindBookAsync(Main, Token));
                Assert.Equal($"a{round}", (await node.GetAccountAsync(Main, author.Last, null, Token)).Value?.Code?.Value);
            }
        }
    }

    [Fact]
    public async Task Many_reads_at_once_are_all_answered()
    {
        var author = new BookAuthor();
        Story.Play(author);
        await CommitAllAsync(author);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 500)
                .Select(index => Task.Run(async () => (await Store.GetOperationAsync(Main, index % author.Last + 1, Token))!.Hash, Token)));
        var hashes = author.Batches.SelectMany(batch => batch.Operations).Select(operation => operation.Hash).ToList();
        Assert.Equal(Enumerable.Range(0, 500).Select(index => hashes[(int)(index % author.Last)]), answers);
    }

    [Fact]
    public async Task Books_are_listed_in_the_order_of_their_names_bytes()
    {
        string[] names = ["main", "a", "ab", "a-b", "a1", "a-1", "aa", "b", "a-", "a0", "z", "a-a", "main-2", "main2"];
        foreach (var name in names)
            Assert.True(await Store.CommitAsync(new BookAuthor(name).Open(), null));
        Assert.Equal(names.Order(StringComparer.Ordinal), (await Store.ListBooksAsync(Token)).Select(row => row.Book.Value));
    }

    static async Task ReadWhileAsync(Func<Task> look, Action looked, CancellationToken enough)
    {
        await Task.Yield();
        while (!enough.IsCancellationRequested)
        {
            await look();
            looked();
        }
    }

    async Task LookAsync(ILedgerStore store, Func<long> acknowledged, long first)
    {
        var least = acknowledged();
        var needs = new Needs();
        needs.Accounts.UnionWith([One, Two]);
        var known = await store.FindBookAsync(Main, Token);
        var found = await store.LookUpAsync(Main, needs, Token);
        Require(found.Row!.Head, least, first);
        // Where the row is still the one that was known, everything is as of it; else it is asked again.
        if (found.Row == known)
        {
            RequireBalances(found.Facts.Accounts, found.Row.Head.Number, first);
            Interlocked.Increment(ref confirmed);
        }

        least = acknowledged();
        var loaded = (await store.LoadBookAsync(Main, Token))!;
        Require(loaded.Row.Head, least, first);
    }

    static async Task ListAsync(ILedgerStore store, Func<long> acknowledged, long first)
    {
        var least = acknowledged();
        var listed = await store.ListAccountsAsync(Main, new AccountFilter(AccountKind.Internal), new PageRequest(null, true, 10), Token);
        Assert.True(listed.Number >= least);
        RequireBalances(listed.Value.Items, listed.Number, first);

        least = acknowledged();
        var newest = await store.ListOperationsAsync(Main, new OperationFilter(), new PageRequest(null, false, 1), Token);
        Require(newest.Items[0].Head, least, first);

        least = acknowledged();
        var account = await store.GetAccountAsync(Main, One, null, Token);
        Assert.True(account.Number >= least);
        RequireBalances([account.Value!], account.Number, first);
    }

    static void Require(Head head, long least, long first)
    {
        Assert.True(head.Number >= least, $"{head.Number} was read after {least} was acknowledged");
        Assert.Equal(0, (head.Number - first) % OperationsABatch);
    }

    static void RequireBalances(IReadOnlyList<Account> accounts, long number, long first)
    {
        Assert.Equal(0, (number - first) % OperationsABatch);
        // Each batch leaves one account 5 cents richer.
        var expected = (number - first) / OperationsABatch * (OperationsABatch / 2);
        foreach (var account in accounts)
            Assert.Equal(account.Id == One ? expected : -expected, account.Posted);
    }
}
