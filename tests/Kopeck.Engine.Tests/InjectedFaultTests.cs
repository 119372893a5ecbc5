using System.Globalization;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Errors;
using Kopeck.Testing.Stores.Engines;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Tests;

/// <summary>
/// Bugs at every place where the executor waits for something: everybody is answered, truly, the next command is accepted, the log says it
/// and the book's health knows.
/// </summary>
/// <param name="engine">The database engine.</param>
public abstract class InjectedFaultTests(StoreEngine engine)
{
    const int Commands = 120;
    const int Twice = 5;

    // Places where something waits that is of no one batch.
    const int AheadBroken = 109;
    const int DueLookBroken = 114;

    // Many small batches, each decided on top of the one before.
    static readonly EngineOptions Small = new() { LookAheadCommands = 4, MaxBatchCommands = 24 };
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(FaultKind.AtOnce)]
    [InlineData(FaultKind.Later)]
    [InlineData(FaultKind.AfterItIsDone)]
    public async Task A_bug_at_any_call_of_the_store_is_answered_truly_and_the_book_goes_on(FaultKind kind)
    {
        await using var book = await TestBook.CreateAsync(engine);
        var broken = new HashSet<string>(StringComparer.Ordinal);
        var sent = 0;
        for (var point = 1; ; point++)
        {
            var (store, faults) = BrokenStore.Around(book.Store, point, kind);
            var log = new LogLines();
            await using (var node = book.Open(store, Small, log: log))
                await SendAsync(book, node, $"{kind}-{point}", log, () => faults.Broken is not null);
            sent += Commands;
            await AssertTotalAsync(book, sent + point);
            if (faults.Broken is null)
                break;
            broken.Add(faults.Broken);
        }

        Assert.Superset(new HashSet<string> { "LoadBookAsync", "LookUpAsync", "CommitAsync", "FindBookAsync", "GetGroupsAsync" }, broken);
        book.Verify();
    }

    [Theory]
    [InlineData(FaultKind.AtOnce)]
    [InlineData(FaultKind.Later)]
    [InlineData(FaultKind.AfterItIsDone)]
    public async Task A_bug_in_a_look_for_due_work_is_logged_and_the_book_goes_on(FaultKind kind)
    {
        await using var book = await TestBook.CreateAsync(engine);
        var (store, faults) = BrokenStore.Around(book.Store, -1, kind);
        var log = new LogLines();
        await using (var node = book.Open(store, Small, log: log))
        {
            using var patience = new CancellationTokenSource(Patience);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (!log.Lines.Any(line => line.Id == DueLookBroken))
                await timer.WaitForNextTickAsync(patience.Token);
            await SendAsync(book, node, $"due-{kind}", log, () => false);
        }

        Assert.NotNull(faults.Broken);
        await AssertTotalAsync(book, Commands + 1);
        book.Verify();
    }

    [Fact]
    public async Task A_bug_at_any_look_at_the_clock_is_answered_truly_and_the_book_goes_on()
    {
        await using var book = await TestBook.CreateAsync(engine);
        var sent = 0;
        long breaks = 0;
        for (var point = 1; ; point++)
        {
            var time = new BrokenTime(point);
            var log = new LogLines();
            await using (var node = book.Open(options: Small, time: time, log: log))
            {
                await SendAsync(book, node, $"time-{point}", log, () => time.IsHit);
                breaks += Assert.Single(node.Books).ExecutorBreaks;
            }

            sent += Commands;
            await AssertTotalAsync(book, sent + point);
            if (!time.IsHit)
                break;
        }

        Assert.True(breaks > 2, $"{breaks} executors broke");
        book.Verify();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_command_with_a_bug_among_four_hundred_harms_nobody_else(bool breaksEarly)
    {
        const int count = 400;
        const int rounds = 50;
        await using var book = await TestBook.CreateAsync(engine);
        var log = new LogLines();
        await using var node = book.Open(log: log);
        for (var round = 0; round < rounds; round++)
        {
            var requests = Enumerable.Range(0, count)
                .Select(
                    index =>
                        index == 200
                            ? new Request { Command = new BrokenCommand(breaksEarly) }
                            : book.Deposit($"bug-{round}-{index}", index));
            var outcomes =
                await Task.WhenAll(requests.Select(request => node.SubmitAsync(TestBook.Admin, request).AsTask())).WaitAsync(Patience);
            for (var place = 0; place < count; place++)
                Assert.Equal(place == 200 ? ErrorCode.Internal : null, outcomes[place].Rejection?.Code);
            var next = await node.SubmitAsync(TestBook.Admin, book.Deposit($"next-{round}")).AsTask().WaitAsync(Patience);
            Assert.True(next.IsAccepted, next.Rejection?.Detail);
        }

        Assert.True(Assert.Single(node.Books).Counts.BrokenBatches >= rounds);
        Assert.True(log.Lines.Count(line => line.Level >= LogLevel.Error) >= rounds);
        book.Verify();
    }

    [Fact]
    public async Task A_lock_that_cannot_be_let_go_changes_no_answer()
    {
        await using var book = await TestBook.CreateAsync(engine);
        var (store, faults) = BrokenStore.Around(book.Store, 0, FaultKind.Later, breaksLocks: true);
        var log = new LogLines();
        await using var node = book.Open(store, new EngineOptions { LossesBeforeLock = 1 }, log: log);
        await using var other = book.Open(book.Store);
        // Both at once, until the one overtook the other.
        for (var round = 0; faults.BrokenLocks == 0; round++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => (index % 2 == 0 ? node : other)
                .SubmitAsync(TestBook.Admin, book.Deposit($"{round}-{index}", index)).AsTask())).WaitAsync(Patience);
            Assert.All(outcomes, outcome => Assert.True(outcome.IsAccepted, outcome.Rejection?.Detail));
        }

        Assert.Contains(log.Lines, line => line.Exception is InjectedException);
        book.Verify();
    }

    [Fact]
    public async Task A_log_that_breaks_changes_no_answer()
    {
        await using var book = await TestBook.CreateAsync(engine);
        await using var node = book.Open(log: new LogLines { Failure = new InjectedException() });
        var broken = await node.SubmitAsync(TestBook.Admin, new Request { Command = new BrokenCommand(true) }).AsTask().WaitAsync(Patience);
        Assert.Equal(ErrorCode.Internal, broken.Rejection?.Code);
        var next = await node.SubmitAsync(TestBook.Admin, book.Deposit("next")).AsTask().WaitAsync(Patience);
        Assert.True(next.IsAccepted, next.Rejection?.Detail);
    }

    /// <summary>
    /// Sends many commands at once, and each of them again to a node without faults: only then is known what had been written.
    /// </summary>
    static async Task SendAsync(TestBook book, LedgerEngine node, string name, LogLines log, Func<bool> isHit)
    {
        var requests = Enumerable.Range(0, Commands).Select(index => book.Deposit($"{name}-{index}", index)).ToList();
        // Some of them twice: groups of earlier requests are read, too.
        var outcomes = await SendAllAsync(requests.Concat(requests.Take(Twice)));
        var replays = await SendAllAsync(requests.Take(Twice));
        var next = await node.SubmitAsync(TestBook.Admin, book.Deposit(name + "-next")).AsTask().WaitAsync(Patience);
        Task<Outcome[]> SendAllAsync(IEnumerable<Request> all) =>
            Task.WhenAll(all.Select(request => node.SubmitAsync(TestBook.Admin, request).AsTask())).WaitAsync(Patience);

        if (!isHit())
            Assert.All(outcomes, outcome => Assert.True(outcome.IsAccepted, outcome.Rejection?.Detail));
        if (next.Rejection is not null)
            next = await node.SubmitAsync(TestBook.Admin, book.Deposit(name + "-next")).AsTask().WaitAsync(Patience);
        Assert.True(next.IsAccepted, next.Rejection?.Detail);

        await using var sound = book.Open();
        for (var index = 0; index < Commands; index++)
        {
            var first = outcomes[index];
            var again = await sound.SubmitAsync(TestBook.Admin, requests[index]);
            Assert.True(again.IsAccepted, again.Rejection?.Detail);
            if (first.IsAccepted)
                Assert.Equal((true, first.AsOf), (again.IsReplay, again.AsOf));
            else
                Assert.True(first.Rejection!.Code is ErrorCode.Internal or ErrorCode.StorageUnavailable, first.Rejection.Detail);
            // Those that were sent twice may have been written by the other.
            if (index >= Twice && first.Rejection?.Detail.Contains("nothing", StringComparison.Ordinal) == true)
                Assert.False(again.IsReplay, first.Rejection.Detail);
        }

        Assert.All(
            replays,
            replay => Assert.True(replay.IsAccepted || replay.Rejection!.Code is ErrorCode.Internal or ErrorCode.StorageUnavailable));
        if (!isHit())
            return;
        Assert.Contains(log.Lines, line => line.Level >= LogLevel.Error && line.Exception is InjectedException);
        var health = Assert.Single(node.Books);
        Assert.True(
            health.Counts.BrokenBatches + health.ExecutorBreaks > 0 || log.Lines.Any(line => line.Id is AheadBroken or DueLookBroken));
    }

    static async Task AssertTotalAsync(TestBook book, int deposits) =>
        Assert.Equal($"{deposits.ToString(CultureInfo.InvariantCulture)}.00", await book.TotalAsync());
}

public sealed class SqliteInjectedFaultTests() : InjectedFaultTests(StoreEngine.Sqlite);

public sealed class PostgresInjectedFaultTests() : InjectedFaultTests(StoreEngine.Postgres);
