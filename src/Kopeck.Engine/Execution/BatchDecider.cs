using System.Collections.Immutable;
using Kopeck.Engine.Hosting;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Execution;

/// <summary>
/// Decides the submissions of one batch in order against the state in memory. What it decides is applied to the state; the caller rolls
/// back when the batch is lost.
/// </summary>
sealed class BatchDecider(
    BookState state, Instant at, ClockProblem? clockProblem, ISaltSource salts, IReadOnlyDictionary<long, StoredGroup> storedGroups)
{
    /// <summary>The ledger itself, as the actor of what no caller asked for.</summary>
    public static readonly KeyName SystemActor = KeyName.Parse("system");

    readonly Ruling on = new(state, at, salts);
    readonly List<Applied> applied = [];
    readonly Dictionary<long, Outcome> groupsOfBatch = [];

    /// <summary>What is to be written.</summary>
    public IReadOnlyList<Applied> Applied => applied;

    public BatchOutcome Decide(Submission submission)
    {
        if (FindOther(submission) is { } other)
            return new BatchOutcome(Reused(other), []);
        var mark = state.Mark();
        var count = applied.Count;
        var outcomes = new Outcome[submission.Items.Count];
        for (var place = 0; place < outcomes.Length; place++)
        {
            outcomes[place] = Decide(submission, submission.Items[place]);
            if (!submission.IsAtomic || outcomes[place].Rejection is not { } rejection)
                continue;
            RollBack(mark, count);
            return new BatchOutcome(
                new Rejection(
                    ErrorCode.BatchAborted,
                    $"Item {place} failed, so nothing of the batch was done: {rejection.Detail}")
                {
                    Item = place,
                    ItemRejection = rejection
                },
                []);
        }

        if (submission.IsDryRun)
            RollBack(mark, count);
        return new BatchOutcome(null, outcomes);
    }

    /// <summary>The operation of another request that used the batch's key: a single one, or a batch with other contents.</summary>
    long? FindOther(Submission submission) =>
        submission.Batch is { } mark && state.FindKey(mark.Key) is { } number && Group(number).Group[0].Batch != mark ? number : null;

    /// <summary>Does what is due. That it cannot be done is a bug: nothing that was decided may stand in its way.</summary>
    public void Do(DueItem item)
    {
        var wrongFields = item.Command.CheckFields(on, out var amounts);
        var decision = wrongFields is null ? item.Command.Decide(on, amounts) : Decision.Reject(wrongFields);
        if (decision.Rejection is { } rejection)
            throw new LedgerLawException($"What is due of {item.Id} since {item.At} is refused: {rejection.Detail}");
        if (decision.Drafts.IsEmpty)
            return;
        var origin = new Origin(SystemActor, null, Fingerprint.Of(item.Command, state, null));
        foreach (var operation in JournalWriter.Seal(state.Book, state.Secret, state.Head, decision.Drafts, at, origin))
            applied.Add(Storage.Applied.To(state, operation));
    }

    void RollBack(int mark, int count)
    {
        state.RollBack(mark);
        foreach (var undone in applied.Skip(count))
            groupsOfBatch.Remove(undone.Operation.Group);
        applied.RemoveRange(count, applied.Count - count);
    }

    Outcome Decide(Submission submission, Request request)
    {
        if (request.Refusal is { } refusal)
            return Outcome.Rejected(refusal);
        var command = request.Command!;
        var scope = command.ScopeOn(state);
        if ((submission.Caller.Scopes & scope) != scope)
            return Outcome.Rejected(
                ErrorCode.Forbidden, $"The key {submission.Caller.Actor} may not do this: it needs the scope {ScopeNames.Write(scope)}");
        if (command.NeedsKey && request.Key is null)
            return Outcome.Rejected(ErrorCode.KeyRequired, "Send an Idempotency-Key, so that a retry cannot move the money twice");
        if (command.CheckFields(on, out var amounts) is { } fields)
            return Outcome.Rejected(fields);
        if (request.KeyDigest is { } key && state.FindKey(key) is { } group)
            return Replay(submission, request, command, group);
        if (clockProblem is not null && !(clockProblem.IsHeadAhead && command.FreesClock))
            return Outcome.Rejected(ErrorCode.ClockSkew, clockProblem.Detail);
        var decision = command.Decide(on, amounts);
        if (decision.Rejection is { } rejection)
            return Outcome.Rejected(rejection);
        return decision.Drafts.IsEmpty ? Unchanged(decision, submission.IsDryRun) : Accept(submission, request, command, decision);
    }

    Outcome Accept(Submission submission, Request request, Command command, Decision decision)
    {
        var salt = command.IsPersonal ? decision.Drafts[0].Personal?.Salt : null;
        var origin = new Origin(
            submission.Caller.Actor, request.Key,
            Fingerprint.Of(command, state, salt))
        { KeyDigest = request.KeyDigest, Batch = MarkOf(submission) };
        var group = JournalWriter.Seal(state.Book, state.Secret, state.Head, decision.Drafts, at, origin, chain: !submission.IsDryRun);
        ImmutableArray<Account> accounts = [];
        ImmutableArray<Customer> customers = [];
        ImmutableArray<Hold> holds = [];
        foreach (var operation in group)
        {
            var one = Storage.Applied.To(state, operation);
            applied.Add(one);
            if (!one.Accounts.IsEmpty)
                accounts = accounts.AddRange(one.Accounts.Where(account => !account.IsSystem));
            if (!one.Customers.IsEmpty)
                customers = customers.AddRange(one.Customers);
            foreach (var change in one.Touched.Holds)
                holds = holds.Add(state.FindHold(change.Hold)!);
        }

        var outcome = new Outcome
        {
            Group = group,
            Accounts = accounts,
            Customers = customers,
            Holds = holds,
            AsOf = group[^1].Number,
            IsDryRun = submission.IsDryRun
        };
        groupsOfBatch.Add(outcome.AsOf, outcome);
        return outcome;
    }

    /// <summary>Only the first that is done tells the contents: then the batch's key is used.</summary>
    BatchMark? MarkOf(Submission submission) =>
        submission.Batch is { } mark && state.FindKey(mark.Key) is not null ? mark with { Contents = null } : submission.Batch;

    Outcome Unchanged(Decision decision, bool isDryRun) => new()
    {
        Accounts = Storage.Applied.AccountsOf(state, decision.About),
        Customers = Storage.Applied.CustomersOf(state, decision.About),
        AsOf = state.Head.Number,
        IsDryRun = isDryRun,
    };

    Outcome Replay(Submission submission, Request request, Command command, long number)
    {
        var outcome = Group(number);
        var first = outcome.Group[0];
        // A batch's own key, and those that were made of it, stand for nothing but the batch, however alike.
        var isOfBatch =
            first.Batch is { } mark
                && mark.Key != submission.Batch?.Key
                && (first.KeyDigest != request.KeyDigest || BatchKeys.IsDerived(request.Key!.Value, mark.Key));
        return !isOfBatch && Replays.Matches(command, state, outcome.Group)
            ? outcome with { IsReplay = true, IsDryRun = submission.IsDryRun }
            : Outcome.Rejected(Reused(number));
    }

    Outcome Group(long number) => groupsOfBatch.TryGetValue(number, out var decided) ? decided : storedGroups[number].Outcome;

    static Rejection Reused(long number) =>
        new(ErrorCode.KeyReused, $"This idempotency key belongs to another request, which made operation {number}: use a new key");
}
