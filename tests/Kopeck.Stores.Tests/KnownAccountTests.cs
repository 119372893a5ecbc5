using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Stores.Tests;

/// <summary>What a node remembers of accounts is an answer only while the book is at the head that it is remembered as of.</summary>
public abstract class KnownAccountTests(StoreEngine engine) : StoreTests(engine)
{
    const int Rounds = 150;

    // Operation 1 opens the book, then the accounts are opened.
    const long First = 2;
    const long Second = 3;

    [Fact]
    public async Task It_answers_at_its_head_and_at_no_other()
    {
        var author = new BookAuthor();
        author.Open();
        author.Write(Open("one"), Open("two"));
        await CommitAllAsync(author);
        // No store holds this balance: whoever answers it remembered it.
        var remembered = author.State.FindAccount(First)! with { Posted = 77 };
        var known = new KnownAccounts(10);
        known.Reset(author.Row!.Head);
        known.Add(author.Row.Head, [remembered]);
        Assert.Equal(Store.IsRemote ? 77 : 0, (await ReadAsync(known, First)).Value!.Posted);
        await RequireStoredAsync(known, Second, author);
        await RequireStoredAsync(known, 99, author);

        // Another history of the same length.
        var other = new KnownAccounts(10);
        var fork = author.Row.Head with { Hash = Digest.Of("another history"u8) };
        other.Reset(fork);
        other.Add(fork, [remembered]);
        await RequireStoredAsync(other, First, author);

        // Another node goes on.
        var rows = author.Write(Post(First, Second, "1.50"));
        Assert.True(await OpenStore().CommitAsync(rows, null));
        await RequireStoredAsync(known, First, author);
        await RequireStoredAsync(known, Second, author);

        // The node learns of it.
        known.Advance(rows.Operations);
        await RequireStoredAsync(known, First, author);
        await RequireStoredAsync(known, Second, author);

        // What was read at a head that is past is not remembered.
        known.Add(author.Batches[^2].Next.Head, [remembered]);
        await RequireStoredAsync(known, First, author);
        known.Clear();
        await RequireStoredAsync(known, First, author);
    }

    [Fact]
    public async Task Nodes_that_learn_late_or_never_answer_what_is_stored()
    {
        var random = new Random(TestSeed.Next());
        var author = new BookAuthor();
        author.Open();
        author.Write([.. Enumerable.Range(0, 12).Select(index => Open($"a{index}"))]);
        await CommitAllAsync(author);
        var nodes = new[] { Store, OpenStore(), OpenStore() }.Select(store => new Node(store, new KnownAccounts(8))).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var writer = nodes[random.Next(nodes.Count)];
            var batch = author.Write([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Change(random))]);
            Assert.True(await writer.Store.CommitAsync(batch, null));
            foreach (var node in nodes)
            {
                node.Behind.Add(batch);
                if (node == writer || random.Next(2) == 0)
                    node.CatchUp(random);
            }

            var reads = nodes.SelectMany(node => Enumerable.Range(0, 6).Select(_ => (node, Account: random.NextInt64(1, 16)))).ToList();
            var answers = await Task.WhenAll(
                reads.Select(read => read.node.Store.GetAccountNowAsync(Main, read.Account, read.node.Known, Token).AsTask()));
            foreach (var (read, answer) in reads.Zip(answers))
                Assert.Equal(new AsOf<Account?>(author.State.FindAccount(read.Account), author.Last), answer);
        }
    }

    static OpenInternalAccount Open(string code) => new(AccountCode.Parse(code), Currency("EUR"), null);

    static PostLegs Post(long from, long to, string amount) => new([new Leg(from, to, Amount(amount))]);

    static Command Change(Random random)
    {
        var (one, other) = (random.NextInt64(2, 14), random.NextInt64(2, 13));
        return random.Next(10) == 0
            ? new SetFloor(one, SignedAmount($"-{random.Next(1_000_000, 2_000_000)}"))
            : Post(one, other < one ? other : other + 1, $"{random.Next(1, 1_000)}");
    }

    ValueTask<AsOf<Account?>> ReadAsync(KnownAccounts known, long account) => Store.GetAccountNowAsync(Main, account, known, Token);

    async Task RequireStoredAsync(KnownAccounts known, long account, BookAuthor author)
    {
        // The second read may be of what the first one left in memory.
        for (var look = 0; look < 2; look++)
            Assert.Equal(new AsOf<Account?>(author.State.FindAccount(account), author.Last), await ReadAsync(known, account));
    }

    sealed record Node(ILedgerStore Store, KnownAccounts Known)
    {
        public List<BatchRows> Behind { get; } = [];

        /// <summary>Learns everything, or a part, or starts anew.</summary>
        public void CatchUp(Random random)
        {
            if (random.Next(8) == 0)
            {
                Known.Reset(Behind[^1].Next.Head);
                Behind.Clear();
                return;
            }

            var learnt = random.Next(4) == 0 ? random.Next(1, Behind.Count + 1) : Behind.Count;
            foreach (var batch in Behind.Take(learnt))
                Known.Advance(batch.Operations);
            Behind.RemoveRange(0, learnt);
        }
    }
}
