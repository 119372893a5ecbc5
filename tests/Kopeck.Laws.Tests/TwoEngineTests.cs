using Kopeck.Engine;
using Kopeck.Engine.Requests;
using Kopeck.Laws.Tests.Driving;
using Kopeck.Laws.Tests.Model;
using Kopeck.Ledger.Errors;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Laws.Tests;

/// <summary>
/// Two engines on one database, one of them stale when it commits, and commits whose outcome is lost. An engine's tests are subclasses that
/// name it.
/// </summary>
/// <param name="engine">The database engine.</param>
/// <param name="rounds">How many batches go each way; KOPECK_TEST_SCALE multiplies it.</param>
public abstract class TwoEngineTests(StoreEngine engine, int rounds)
{
    static readonly string[] Callers = ["one", "two", "three"];

    [Fact]
    public async Task Two_engines_that_take_turns_and_overtake_each_other_answer_as_the_model_answers()
    {
        var random = new Random(TestSeed.Next());
        FaultyStore? slow = null;
        await using var one = await TestLedger.CreateAsync(engine, random.Next());
        // Without turns, in which nobody is overtaken; the first engine takes them.
        await using var two =
            one.Join(random.Next(), store => slow = new FaultyStore(store), options: new EngineOptions { LockedBatches = 0 });
        var model = new ModelLedger { LastAt = one.Clock.Microseconds };
        await OpenAsync(one, model);
        var generator = new CommandGenerator(random, model, 3);
        var overtaken = 0;
        for (var round = 0; round < rounds * TestSeed.Scale; round++)
        {
            one.Clock.Now = one.Clock.Now.AddSeconds(random.Next(600));
            var mine = Commands(generator, random);
            var theirs = Commands(generator, random);
            IReadOnlyList<Outcome> theirOutcomes = [];
            if (random.Next(3) == 0)
            {
                // The second engine has decided and is about to commit: the first one writes in between, so the second decides again.
                slow!.BeforeCommit = async () =>
                {
                    slow.BeforeCommit = () => Task.CompletedTask;
                    overtaken++;
                    theirOutcomes = await SubmitAsync(one, model, theirs);
                };
                var mineOutcomes = await SubmitAsync(two, model, mine);
                slow.BeforeCommit = () => Task.CompletedTask;
                if (theirOutcomes.Count > 0)
                    Check(model, one, theirs, theirOutcomes);
                Check(model, two, mine, mineOutcomes);
            }
            else
            {
                Check(model, one, mine, await SubmitAsync(one, model, mine));
                Check(model, two, theirs, await SubmitAsync(two, model, theirs));
            }
        }

        Console.WriteLine($"{overtaken} commits were overtaken");
        Assert.True(overtaken > rounds / 5, $"{overtaken}");
        one.Verify();
    }

    [Fact]
    public async Task Commits_whose_answer_or_request_is_lost_are_answered_truthfully()
    {
        var random = new Random(TestSeed.Next());
        FaultyStore? faulty = null;
        await using var ledger = await TestLedger.CreateAsync(engine, random.Next(), store => faulty = new FaultyStore(store));
        var model = new ModelLedger { LastAt = ledger.Clock.Microseconds };
        await OpenAsync(ledger, model);
        var generator = new CommandGenerator(random, model, 3);
        faulty!.NextFault = () => random.Next(6) switch
        {
            0 => Fault.LostAnswer,
            1 => Fault.LostRequest,
            _ => Fault.None,
        };
        for (var round = 0; round < rounds * TestSeed.Scale; round++)
        {
            ledger.Clock.Now = ledger.Clock.Now.AddSeconds(random.Next(600));
            var commands = Commands(generator, random);
            Check(model, ledger, commands, await SubmitAsync(ledger, model, commands));
        }

        Console.WriteLine($"{faulty.Unknown} outcomes were unknown at first");
        Assert.True(faulty.Unknown > rounds / 8);
        ledger.Verify();
    }

    [Fact]
    public async Task A_commit_that_the_store_refuses_is_a_503_and_leaves_nothing_behind()
    {
        FaultyStore? faulty = null;
        await using var ledger = await TestLedger.CreateAsync(engine, 1, store => faulty = new FaultyStore(store));
        var model = new ModelLedger { LastAt = ledger.Clock.Microseconds };
        await OpenAsync(ledger, model);
        var deposit = new ModelCommand("deposit") { From = 3, Amount = "1", Key = "once" };
        faulty!.NextFault = () => Fault.Refused;
        var refused = await ledger.Engine.SubmitAsync(TestLedger.Admin, Translation.ToRequest(deposit, default));
        Assert.Equal(ErrorCode.StorageUnavailable, refused.Rejection?.Code);
        faulty.NextFault = () => Fault.None;
        Check(model, ledger, [deposit], await SubmitAsync(ledger, model, [deposit]));
        ledger.Verify();
    }

    [Fact]
    public async Task A_full_queue_answers_overloaded_and_does_the_rest()
    {
        FaultyStore? slow = null;
        await using var ledger =
            await TestLedger.CreateAsync(engine, 1, store => slow = new FaultyStore(store), new EngineOptions { QueueCapacity = 100 });
        var model = new ModelLedger { LastAt = ledger.Clock.Microseconds };
        await OpenAsync(ledger, model);
        var open = new TaskCompletionSource();
        slow!.BeforeCommit = () => open.Task;
        // One caller fills half of it, another the other half, and a third finds it full.
        var callers = Callers
            .Select(name => TestLedger.Admin with { Actor = Kopeck.Ledger.Fields.KeyName.Parse(name) }).ToList();
        var sent = callers.Select(caller => Enumerable.Range(0, 100)
            .Select(
                index =>
                    ledger.Engine.SubmitAsync(
                        caller,
                        Translation.ToRequest(
                            new ModelCommand("deposit") { From = 3, Amount = "1", Key = $"{caller.Actor}{index}" }, default))
                        .AsTask())
            .ToList()).ToList();
        open.SetResult();
        foreach (var (tasks, done) in sent.Zip([50, 50, 0]))
        {
            var outcomes = await Task.WhenAll(tasks);
            Assert.Equal(100 - done, outcomes.Count(outcome => outcome.Rejection?.Code == ErrorCode.Overloaded));
            Assert.Equal(done, outcomes.Count(outcome => outcome.IsAccepted));
        }

        ledger.Verify();
    }

    [Fact]
    public async Task Who_asks_for_much_waits_for_himself()
    {
        FaultyStore? slow = null;
        var options = new EngineOptions { QueueCapacity = 4_000, MaxBatchCommands = 100, LookAheadCommands = int.MaxValue };
        await using var ledger = await TestLedger.CreateAsync(engine, 1, store => slow = new FaultyStore(store), options);
        var model = new ModelLedger { LastAt = ledger.Clock.Microseconds };
        await OpenAsync(ledger, model);
        var open = new TaskCompletionSource();
        slow!.BeforeCommit = () => open.Task;
        var greedy = TestLedger.Admin with { Actor = Kopeck.Ledger.Fields.KeyName.Parse("greedy") };
        Task<Outcome> Deposit(Kopeck.Engine.Requests.Caller caller, string key) => ledger.Engine.SubmitAsync(
            caller, Translation.ToRequest(new ModelCommand("deposit") { From = 3, Amount = "1", Key = key }, default)).AsTask();
        var many = Enumerable.Range(0, 2_000).Select(index => Deposit(greedy, $"g{index}")).ToList();
        var one = Deposit(TestLedger.Admin, "one");
        open.SetResult();
        var number = (await one).AsOf;
        var last = (await Task.WhenAll(many)).Max(outcome => outcome.AsOf);
        // What was being written when it came, and a batch in which it has its turn.
        Assert.InRange(number, 1, 400);
        Assert.InRange(last, 2_000, 2_100);
        ledger.Verify();
    }

    static async Task OpenAsync(TestLedger ledger, ModelLedger model)
    {
        var whale = new ModelCommand("register") { Name = "Whale", Country = "PT", Currency = "CHF" };
        Check(model, ledger, [whale], await SubmitAsync(ledger, model, [whale]));
    }

    static List<ModelCommand> Commands(CommandGenerator generator, Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => generator.Next() with { IsReader = false })];

    static async Task<IReadOnlyList<Outcome>> SubmitAsync(TestLedger ledger, ModelLedger model, IReadOnlyList<ModelCommand> commands)
    {
        var today = DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(Math.Max(ledger.Clock.Microseconds, model.LastAt) * 10));
        return (
            await ledger.Engine.SubmitBatchAsync(
                TestLedger.Admin, [.. commands.Select(command => Translation.ToRequest(command, today))], atomic: false)).Outcomes;
    }

    static void Check(ModelLedger model, TestLedger ledger, IReadOnlyList<ModelCommand> commands, IReadOnlyList<Outcome> outcomes)
    {
        model.WriteDueWork(commands, ledger.Clock.Microseconds);
        for (var index = 0; index < commands.Count; index++)
        {
            var difference =
                Translation.Compare(commands[index], model.Decide(commands[index], ledger.Clock.Microseconds), outcomes[index]);
            Assert.True(difference is null, $"{commands[index]}: {difference}");
        }
    }
}
