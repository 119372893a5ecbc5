using System.Reflection;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Testing.Stores.Engines;

// Calls are passed on as they are, boxed.
#pragma warning disable CA2012

namespace Kopeck.Engine.Tests;

/// <summary>A node whose clock is apart from the database server's writes nothing, so that no wrong instant gets into a book.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(86_400)]
    [InlineData(6)]
    [InlineData(-6)]
    [InlineData(-86_400)]
    public async Task A_wrong_clock_writes_nothing_and_is_told_by_readiness_until_it_is_set_right(int seconds)
    {
        var time = new ManualTime();
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite, time: time);
        var (store, clock) = ClockedStore.Around(book.Store, () => time.GetUtcNow());
        await using var node = book.Open(store, new EngineOptions { ComparesClocks = true });
        await node.CompareClocksAsync(CancellationToken.None);
        Assert.True((await node.SubmitAsync(TestBook.Admin, book.Deposit("before"))).IsAccepted);
        await node.CheckAsync(CancellationToken.None);

        clock.Ahead = TimeSpan.FromSeconds(seconds);
        await node.CompareClocksAsync(CancellationToken.None);
        var head = (await book.Store.FindBookAsync(TestBook.Name, CancellationToken.None))!.Head;
        var refused = await node.SubmitAsync(TestBook.Admin, book.Deposit("wrong"));
        Assert.Equal(ErrorCode.ClockSkew, refused.Rejection?.Code);
        var where = seconds > 0 ? "s behind the database" : "s ahead of the database";
        Assert.Contains(where, refused.Rejection!.Detail, StringComparison.Ordinal);
        Assert.Equal(head, (await book.Store.FindBookAsync(TestBook.Name, CancellationToken.None))!.Head);
        await Assert.ThrowsAsync<ClockSkewException>(async () => await node.CheckAsync(CancellationToken.None));
        // What was done is still told.
        Assert.True((await node.SubmitAsync(TestBook.Admin, book.Deposit("before"))).IsReplay);

        clock.Ahead = TimeSpan.FromSeconds(4);
        await node.CompareClocksAsync(CancellationToken.None);
        await node.CheckAsync(CancellationToken.None);
        Assert.True((await node.SubmitAsync(TestBook.Admin, book.Deposit("right"))).IsAccepted);
        book.Verify();
    }

    /// <summary>A real store whose server's clock is ahead of the machine's.</summary>
    public class ClockedStore : DispatchProxy
    {
        ILedgerStore real = null!;
        Func<DateTimeOffset> now = null!;

        internal TimeSpan Ahead { get; set; }

        internal static (ILedgerStore Store, ClockedStore Clock) Around(ILedgerStore real, Func<DateTimeOffset> now)
        {
            var store = Create<ILedgerStore, ClockedStore>();
            var clock = (ClockedStore)(object)store;
            (clock.real, clock.now) = (real, now);
            return (store, clock);
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(ILedgerStore.ReadClockAsync)
                ? ValueTask.FromResult<Instant?>(Instant.From(now() + Ahead))
                : targetMethod.Invoke(real, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
