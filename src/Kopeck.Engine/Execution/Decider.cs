using Kopeck.Engine.Hosting;
using Kopeck.Engine.Requests;
using Kopeck.Ledger;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Execution;

/// <summary>
/// Decides submissions at the instant that it is, after the work that is due then, and takes decisions back. For one loop alone.
/// </summary>
sealed class Decider(BookMemory memory, BookClock clock, SaltStash salts, IDueWork dueWork)
{
    // Of those that no command touches, in one go; the next batch does more.
    const int MaxOtherDueItems = 1_000;

    // Where more is due than that, so few beside commands that these keep most of their pace, and so many that it comes to an end.
    const int LeastOtherDueItems = 8;
    const int CommandsADueItem = 16;

    /// <summary>Decides submissions on top of what was decided.</summary>
    /// <param name="groups">The stored groups that their keys stand for.</param>
    /// <param name="areKeysChecked">Whether their keys were looked up.</param>
    public void Extend(Decisions decisions, List<Submission> batch, IReadOnlyDictionary<long, StoredGroup> groups, bool areKeysChecked)
    {
        var (at, problem) = clock.Fix(memory.State.Head, memory.State.Terms.ClockStandsAt);
        at = dueWork.LatestDecidable(memory.State, at);
        var decider = new BatchDecider(memory.State, at, problem, salts.For(decisions), groups);
        if (problem is null)
            DoDueWork(decider, batch, at);
        foreach (var submission in batch)
        {
            var outcome = decider.Decide(submission);
            decisions.Outcomes.Add(outcome);
            if (!areKeysChecked && !IsWritten(submission, outcome))
                decisions.UncheckedKeys.AddRange(submission.Items.Select(item => item.KeyDigest).OfType<KeyDigest>());
        }

        decisions.Applied.AddRange(decider.Applied);
    }

    /// <summary>Decides submissions whose keys were looked up, on top of what is final.</summary>
    public Decisions Decide(List<Submission> batch, IReadOnlyDictionary<long, StoredGroup> groups)
    {
        var decisions = new Decisions();
        Extend(decisions, batch, groups, areKeysChecked: true);
        return decisions;
    }

    /// <summary>Takes decisions back.</summary>
    public void Undo(Decisions decisions)
    {
        memory.State.RollBack(decisions.Savepoint);
        salts.Return(decisions);
    }

    // First of the accounts that the commands are about, all of it: they must find it done. Then some of the rest.
    void DoDueWork(BatchDecider decider, List<Submission> batch, Instant at)
    {
        if (dueWork.Next(memory.State) is not { } next || next > at)
            return;
        foreach (var item in dueWork.Find(memory.State, BatchNeeds.Of(batch, withKeys: false, memory.State).Touched, at, int.MaxValue))
            decider.Do(item);
        var others = dueWork.Find(memory.State, accounts: null, at, MaxOtherDueItems + 1);
        foreach (var item in others.Take(others.Count > MaxOtherDueItems ? ShareOfFlood(batch) : MaxOtherDueItems))
            decider.Do(item);
    }

    static int ShareOfFlood(List<Submission> batch)
    {
        var commands = batch.Sum(submission => submission.Items.Count);
        return commands == 0 ? MaxOtherDueItems : Math.Clamp(commands / CommandsADueItem, LeastOtherDueItems, MaxOtherDueItems);
    }

    static bool IsWritten(Submission submission, BatchOutcome outcome) =>
        !submission.IsDryRun && outcome.Rejection is null && outcome.Outcomes.All(item => item.Rejection is null && item.Group.Count > 0);
}
