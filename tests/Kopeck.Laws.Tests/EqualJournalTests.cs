using Kopeck.Engine.Requests;
using Kopeck.Laws.Tests.Driving;
using Kopeck.Ledger.Errors;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Laws.Tests;

/// <summary>
/// The journal depends on nothing but the commands, their order, the clock and the salts: not on the engine that keeps it.
/// </summary>
public sealed class EqualJournalTests
{
    // KOPECK_TEST_SCALE=4 makes it the 200,000 that are promised.
    const int Operations = 50_000;

    [Fact]
    public async Task The_same_commands_clock_and_salts_give_the_same_hashes_on_SQLite_and_on_PostgreSQL()
    {
        var seed = TestSeed.Next();
        var random = new Random(seed);
        await using var one = await TestLedger.CreateAsync(StoreEngine.Sqlite, seed);
        await using var two = await TestLedger.CreateAsync(StoreEngine.Postgres, seed);
        var load = new RequestMix(random);
        var accepted = 0;
        long head;
        do
        {
            two.Clock.Now = one.Clock.Now = one.Clock.Now.AddSeconds(random.Next(600));
            var isAtomic = random.Next(5) == 0;
            var requests = load.Next(DateOnly.FromDateTime(one.Clock.Now.UtcDateTime), random.Next(1, isAtomic ? 6 : 1_500));
            var answers = await Task.WhenAll(
                new[] { one, two }.Select(ledger => ledger.Engine.SubmitBatchAsync(TestLedger.Admin, requests, isAtomic).AsTask()));
            Assert.Equal(
                (answers[0].Rejection?.Item, answers[0].Rejection?.Detail), (answers[1].Rejection?.Item, answers[1].Rejection?.Detail));
            Assert.Equal(answers[0].Outcomes.Select(Show), answers[1].Outcomes.Select(Show));
            load.Learn(answers[0]);
            accepted += answers[0].Outcomes.Count(outcome => outcome.IsAccepted);

            var row = (await one.Store.FindBookAsync(TestLedger.Book, TestContext.Current.CancellationToken))!;
            Assert.Equal(row, await two.Store.FindBookAsync(TestLedger.Book, TestContext.Current.CancellationToken));
            head = row.Head.Number;
        }
        while (head < Operations * TestSeed.Scale);

        Console.WriteLine($"{head} operations of {accepted} accepted commands");
        one.Verify();
        two.Verify();
    }

    static string Show(Outcome outcome) => outcome.Rejection is { } rejection
        ? $"{rejection.Code.Name()} {rejection.Detail}"
        : $"{outcome.AsOf} {outcome.IsReplay} {outcome.Account} {outcome.Customer} {string.Join(' ', outcome.Group.Select(operation => operation.Hash))}";
}
