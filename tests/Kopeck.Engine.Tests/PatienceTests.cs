using System.Diagnostics;
using Kopeck.Engine.Hosting;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Engine.Tests;

/// <summary>What callers are told while the store is away, and of a book that is stopped.</summary>
public sealed class PatienceTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task An_outcome_that_cannot_be_learnt_is_a_503_at_the_end_of_the_patience_and_then_a_replay()
    {
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite);
        var (store, faults) = AwayStore.Around(book.Store);
        await using var node = book.Open(store, new EngineOptions { UnknownOutcomePatience = Patience });
        var epoch = (await book.Store.FindBookAsync(TestBook.Name, CancellationToken.None))!.Epoch;
        (faults.LosesAnswers, faults.IsAway) = (true, true);
        var watch = Stopwatch.StartNew();
        var outcome = await node.SubmitAsync(TestBook.Admin, book.Deposit("once"));
        Assert.Equal(ErrorCode.StorageUnavailable, outcome.Rejection?.Code);
        Assert.Contains("could not be learnt", outcome.Rejection!.Detail, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, Patience, TimeSpan.FromSeconds(15));

        // Nothing is written before the epoch was raised.
        faults.LosesAnswers = false;
        var next = await node.SubmitAsync(TestBook.Admin, book.Deposit("next"));
        Assert.Equal(ErrorCode.StorageUnavailable, next.Rejection?.Code);
        faults.IsAway = false;
        var again = await node.SubmitAsync(TestBook.Admin, book.Deposit("once"));
        Assert.True(again is { IsAccepted: true, IsReplay: true }, again.Rejection?.Detail);
        Assert.Equal(epoch + 1, (await book.Store.FindBookAsync(TestBook.Name, CancellationToken.None))!.Epoch);
        Assert.Equal("1.00", await book.TotalAsync());
        book.Verify();
    }

    [Fact]
    public async Task A_stopped_book_refuses_for_itself_and_leaves_the_others_and_the_node_alone()
    {
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite);
        var (store, faults) = AwayStore.Around(book.Store);
        var log = new LogLines();
        await using var node = book.Open(store, log: log);
        var other = await TestBook.OpenBookAsync(node, "other");
        Assert.True((await node.SubmitAsync(TestBook.Admin, book.Deposit("before"))).IsAccepted);
        faults.Failure = args => args.Contains(TestBook.Name) ? new StorageReplacedException("an older copy was put in its place") : null;
        var unknown = book.Deposit("refused") with { Command = new Deposit(9_999, Amount("1"), null) };
        var refused = await node.SubmitAsync(TestBook.Admin, unknown);
        Assert.Equal(ErrorCode.StorageUnavailable, refused.Rejection?.Code);
        faults.Failure = _ => null;

        refused = await node.SubmitAsync(TestBook.Admin, book.Deposit("refused"));
        Assert.Equal(ErrorCode.StorageUnavailable, refused.Rejection?.Code);
        Assert.Throws<StorageUnavailableException>(() => node.Reader(TestBook.Name));
        var served = await node.SubmitAsync(other, book.Deposit("served") with { Command = TestBook.Register("Somebody") });
        Assert.True(served.IsAccepted, served.Rejection?.Detail);
        await node.CheckAsync(CancellationToken.None);
        Assert.Equal(BookCondition.Stopped, node.Books.Single(health => health.Book == TestBook.Name).Condition);
        Assert.Equal(BookCondition.Running, node.Books.Single(health => health.Book == other.Book).Condition);
        Assert.Single(log.Lines, line => line.Id == 100);
    }
}
