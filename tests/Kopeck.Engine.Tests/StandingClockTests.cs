using Kopeck.Engine.Requests;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Engine.Tests;

/// <summary>
/// A book whose last operation is ahead of all clocks goes on once an operation says so; time stands still until they catch up.
/// </summary>
public sealed class StandingClockTests
{
    static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    public static TheoryData<string> Engines { get; } = [nameof(StoreEngine.Sqlite), nameof(StoreEngine.Postgres)];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_book_that_ran_ahead_is_freed_by_an_operation_and_stands_still_until_clocks_catch_up(string engine)
    {
        var (right, wrong) = (new ManualTime(), new ManualTime());
        await using var book = await TestBook.CreateAsync(Find(engine), time: right);
        var head = await RunAheadAsync(book, wrong);
        await using var node = book.Open(time: right);
        var refused = await node.SubmitAsync(TestBook.Admin, book.Deposit("late"));
        Assert.Equal(ErrorCode.ClockSkew, refused.Rejection?.Code);
        Assert.Contains(head.ToString(), refused.Rejection!.Detail, StringComparison.Ordinal);
        // Other terms are no way around.
        var terms = await node.SubmitAsync(TestBook.Admin, new Request { Command = new ChangeBook(9, null) });
        Assert.Equal(ErrorCode.ClockSkew, terms.Rejection?.Code);

        var freed = await node.SubmitAsync(TestBook.Admin, Stand(head, "free"));
        Assert.True(freed.IsAccepted, freed.Rejection?.Detail);
        Assert.Equal(head, freed.Group[0].At);
        for (var count = 0; count < 3; count++)
            Assert.Equal(head, (await node.SubmitAsync(TestBook.Admin, book.Deposit($"standing-{count}"))).Group[0].At);
        // Said again, it is what it was; said of the same instant by another request, it is so already.
        Assert.True((await node.SubmitAsync(TestBook.Admin, Stand(head, "free"))).IsReplay);
        Assert.Empty((await node.SubmitAsync(TestBook.Admin, Stand(head, "again"))).Group);
        book.Verify();

        // Another node, and this one anew from the store.
        await using (var other = book.Open(book.OpenStore(), time: right))
            Assert.Equal(head, (await other.SubmitAsync(TestBook.Admin, book.Deposit("other"))).Group[0].At);
        right.Advance(Ahead + TimeSpan.FromSeconds(1));
        var after = await node.SubmitAsync(TestBook.Admin, book.Deposit("caught-up"));
        Assert.True(after.Group[0].At > head);
        book.Verify();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task It_is_freed_at_one_instant_alone(string engine)
    {
        var (right, wrong) = (new ManualTime(), new ManualTime());
        await using var book = await TestBook.CreateAsync(Find(engine), time: right);
        var head = await RunAheadAsync(book, wrong);
        await using var node = book.Open(time: right);
        var now = Instant.From(right.GetUtcNow());
        foreach (var other in new[] { new Instant(head.Microseconds + 1), new Instant(head.Microseconds - 1), now })
        {
            var refused = await node.SubmitAsync(TestBook.Admin, Stand(other, $"other-{other.Microseconds}"));
            Assert.Equal(ErrorCode.InvalidFields, refused.Rejection?.Code);
            Assert.Equal("/clockStandsAt", refused.Rejection!.Fields.Single().Pointer);
        }

        Assert.True((await node.SubmitAsync(TestBook.Admin, Stand(head, "free"))).IsAccepted);
        // A clock that is wrong once more is refused once more.
        wrong.Advance(Ahead);
        await using (var bad = book.Open(book.OpenStore(), time: wrong))
            Assert.True((await bad.SubmitAsync(TestBook.Admin, book.Deposit("wrong-again"))).IsAccepted);
        Assert.Equal(ErrorCode.ClockSkew, (await node.SubmitAsync(TestBook.Admin, book.Deposit("late-again"))).Rejection?.Code);
        // And what was said of the first does not count for it.
        Assert.Equal(ErrorCode.InvalidFields, (await node.SubmitAsync(TestBook.Admin, new Request
        {
            Command = new ChangeBook(null, null) { ClockStandsAt = head.Plus(TimeSpan.FromSeconds(1)) },
            Key = IdempotencyKey.Parse("elsewhere"),
        })).Rejection?.Code);
        book.Verify();
    }

    [Fact]
    public async Task It_can_be_taken_back_and_terms_that_change_meanwhile_keep_it()
    {
        var (right, wrong) = (new ManualTime(), new ManualTime());
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite, time: right);
        var head = await RunAheadAsync(book, wrong);
        await using var node = book.Open(time: right);
        Assert.True((await node.SubmitAsync(TestBook.Admin, Stand(head, "free"))).IsAccepted);
        Assert.True((await node.SubmitAsync(TestBook.Admin, new Request { Command = new ChangeBook(9, null) })).IsAccepted);
        Assert.Equal(head, (await book.Store.FindBookAsync(TestBook.Name, CancellationToken.None))!.Terms.ClockStandsAt);
        var back = new ChangeBook(null, null) { EndsClockStand = true };
        Assert.True((await node.SubmitAsync(TestBook.Admin, new Request { Command = back })).IsAccepted);
        Assert.Null((await book.Store.FindBookAsync(TestBook.Name, CancellationToken.None))!.Terms.ClockStandsAt);
        Assert.Equal(ErrorCode.ClockSkew, (await node.SubmitAsync(TestBook.Admin, book.Deposit("late"))).Rejection?.Code);
        book.Verify();
    }

    [Fact]
    public async Task A_book_that_is_not_ahead_is_not_freed()
    {
        var time = new ManualTime();
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite, time: time);
        await using var node = book.Open();
        time.Advance(TimeSpan.FromMinutes(1));
        var head = (await book.Store.FindBookAsync(TestBook.Name, CancellationToken.None))!.Head.At;
        var refused = await node.SubmitAsync(TestBook.Admin, Stand(head, "free"));
        Assert.Equal(ErrorCode.InvalidFields, refused.Rejection?.Code);
    }

    [Fact]
    public async Task A_node_whose_own_clock_is_wrong_frees_nothing()
    {
        var (right, wrong) = (new ManualTime(), new ManualTime());
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite, time: right);
        var head = await RunAheadAsync(book, wrong);
        var (store, clock) = ClockTests.ClockedStore.Around(book.Store, () => right.GetUtcNow());
        await using var node = book.Open(store, new EngineOptions { ComparesClocks = true }, right);
        clock.Ahead = TimeSpan.FromMinutes(1);
        await node.CompareClocksAsync(CancellationToken.None);
        Assert.Equal(ErrorCode.ClockSkew, (await node.SubmitAsync(TestBook.Admin, Stand(head, "free"))).Rejection?.Code);
        clock.Ahead = TimeSpan.Zero;
        await node.CompareClocksAsync(CancellationToken.None);
        Assert.True((await node.SubmitAsync(TestBook.Admin, Stand(head, "free"))).IsAccepted);
    }

    /// <summary>A node with a wrong clock writes once: the book's last instant is then a day ahead.</summary>
    static async Task<Instant> RunAheadAsync(TestBook book, ManualTime wrong)
    {
        wrong.Advance(Ahead);
        await using var bad = book.Open(book.OpenStore(), time: wrong);
        var written = await bad.SubmitAsync(TestBook.Admin, book.Deposit("wrong"));
        Assert.True(written.IsAccepted, written.Rejection?.Detail);
        return written.Group[0].At;
    }

    static Request Stand(Instant at, string key) =>
        new() { Command = new ChangeBook(null, null) { ClockStandsAt = at }, Key = IdempotencyKey.Parse(key) };

    static StoreEngine Find(string name) => name == nameof(StoreEngine.Sqlite) ? StoreEngine.Sqlite : StoreEngine.Postgres;
}
