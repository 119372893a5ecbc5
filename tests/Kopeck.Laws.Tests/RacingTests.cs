using Kopeck.Engine.Requests;
using Kopeck.Laws.Tests.Driving;
using Kopeck.Laws.Tests.Model;
using Kopeck.Ledger.Errors;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Laws.Tests;

/// <summary>
/// Two engines that race for one book. The journal says in which order things happened: replayed in it, the model must accept what was
/// accepted with the same answers, and must refuse what was refused at some head between its submission and its answer.
/// </summary>
/// <param name="engine">The database engine.</param>
/// <param name="submissions">How many, over all callers; KOPECK_TEST_SCALE multiplies it.</param>
public abstract class RacingTests(StoreEngine engine, int submissions)
{
    const int CallersAnEngine = 6;

    [Fact]
    public async Task What_racing_engines_answer_is_what_one_order_explains()
    {
        var random = new Random(TestSeed.Next());
        await using var one = await TestLedger.CreateAsync(engine, random.Next());
        await using var two = one.Join(random.Next());
        var model = new ModelLedger { LastAt = one.Clock.Microseconds };
        var generator = new CommandGenerator(random, model, 3);
        await SetTheSceneAsync(one, model, generator);
        var scene = model.Head;

        // The scene is all that the generator knows: who wins is for the engines to find out.
        var asked =
            new Queue<List<ModelCommand>>(Enumerable.Range(0, submissions * TestSeed.Scale).Select(_ => Commands(generator, random)));
        var answers = (
            await Task.WhenAll(
                new[] { one, two }.SelectMany(ledger => Enumerable.Repeat(ledger, CallersAnEngine))
                    .Select(ledger => Task.Run(() => AskAsync(ledger, asked)))))
            .SelectMany(list => list).ToList();
        one.Verify();

        Explain(model, one.Clock.Microseconds, answers);
        var head = (await one.Store.FindBookAsync(TestLedger.Book, TestContext.Current.CancellationToken))!.Head;
        Assert.Equal(head.Number, model.Head);
        Assert.True(model.Head - scene > submissions / 2, $"only {model.Head - scene} operations were written");
    }

    /// <summary>A command, what became of it, and the heads between which it was decided.</summary>
    sealed record Answer(ModelCommand Command, Outcome Outcome, long Before, long After);

    static async Task SetTheSceneAsync(TestLedger ledger, ModelLedger model, CommandGenerator generator)
    {
        await SubmitAsync([new("register") { Name = "Whale", Country = "PT", Currency = "CHF" }]);
        for (var round = 0; round < 8; round++)
            await SubmitAsync([.. Enumerable.Range(0, 100).Select(_ => generator.Next() with { IsReader = false })]);

        async Task SubmitAsync(List<ModelCommand> commands)
        {
            var outcomes = await ledger.Engine.SubmitBatchAsync(
                TestLedger.Admin, [.. commands.Select(command => Translation.ToRequest(command, Today(ledger)))], atomic: false);
            foreach (var (command, outcome) in commands.Zip(outcomes.Outcomes))
                Require(command, model.Decide(command, ledger.Clock.Microseconds), outcome);
        }
    }

    static List<ModelCommand> Commands(CommandGenerator generator, Random random) =>
        [.. Enumerable.Range(0, random.Next(4) == 0 ? random.Next(2, 12) : 1).Select(_ => generator.Next() with { IsReader = false })];

    static async Task<List<Answer>> AskAsync(TestLedger ledger, Queue<List<ModelCommand>> asked)
    {
        var answers = new List<Answer>();
        while (true)
        {
            List<ModelCommand>? commands;
            lock (asked)
            {
                if (!asked.TryDequeue(out commands))
                    return answers;
            }

            var before = await HeadAsync(ledger);
            var outcomes = (
                await ledger.Engine.SubmitBatchAsync(
                    TestLedger.Admin, [.. commands.Select(command => Translation.ToRequest(command, Today(ledger)))],
                    atomic: false)).Outcomes;
            var after = await HeadAsync(ledger);
            answers.AddRange(commands.Zip(outcomes, (command, outcome) => new Answer(command, outcome, before, after)));
        }
    }

    static void Explain(ModelLedger model, long now, List<Answer> answers)
    {
        // What wrote something stands in the journal at its number; everything else must be explained on the way.
        bool Wrote(Answer answer) => answer.Outcome is { IsAccepted: true, IsReplay: false, Group.Count: > 0 };
        var written = answers.Where(Wrote).ToDictionary(answer => answer.Outcome.Group[0].Number);
        var open = answers.Where(answer => !Wrote(answer)).OrderBy(answer => answer.Before).ToList();
        var waiting = new List<Answer>();
        var next = 0;
        while (true)
        {
            for (; next < open.Count && open[next].Before <= model.Head; next++)
                waiting.Add(open[next]);
            waiting.RemoveAll(answer => IsExplained(model, now, answer));
            if (!written.Remove(model.Head + 1, out var step))
                break;
            Assert.True(
                step.Before < step.Outcome.Answer.Number && step.Outcome.Answer.Number <= step.After,
                $"{step.Command} was written outside its time");
            Require(step.Command, model.Decide(step.Command, now), step.Outcome);
            var late = waiting.Find(answer => answer.After < model.Head);
            Assert.True(
                late is null,
                $"{late?.Command} was answered {late?.Outcome.Rejection?.Code.Name() ?? "so already"} between {late?.Before} and {late?.After}, which no head there explains");
        }

        Assert.Empty(written);
        Assert.Empty(waiting.Select(answer => $"{answer.Command}: {answer.Outcome.Rejection?.Detail ?? "accepted"}"));
        Console.WriteLine($"{answers.Count} answers, {model.Head} operations, {open.Count} refused, replayed or so already");
    }

    // A dry run leaves the model as it is.
    static bool IsExplained(ModelLedger model, long now, Answer answer)
    {
        var command = answer.Command with { IsDryRun = true };
        return Translation.Compare(command, model.Decide(command, now), answer.Outcome) is null;
    }

    static void Require(ModelCommand command, ModelOutcome expected, Outcome outcome)
    {
        var difference = Translation.Compare(command, expected, outcome);
        Assert.True(difference is null, $"{command}: {difference}");
    }

    static async Task<long> HeadAsync(TestLedger ledger) =>
        (await ledger.Store.FindBookAsync(TestLedger.Book, CancellationToken.None))!.Head.Number;

    static DateOnly Today(TestLedger ledger) => DateOnly.FromDateTime(ledger.Clock.Now.UtcDateTime);
}
