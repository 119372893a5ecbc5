using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Execution;

/// <summary>Decides the submissions of one batch in order against the state in memory. What it decides is applied to the state; the caller rolls back when the batch is lost.</summary>
sealed class BatchDecider(BookState state, Instant at, string? clockProblem, ISaltSource salts, IReadOnlyDictionary<long, StoredGroup> storedGroups)
{
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
            return new BatchOutcome(new Rejection(ErrorCode.BatchAborted, $"Item {place} failed, so nothing of the batch was done: {rejection.Detail}") { Item = place, ItemRejection = rejection }, []);
        }

        if (submission.IsDryRun)
            RollBack(mark, count);
        return new BatchOutcome(null, outcomes);
    }

    /// <summary>The operation of another request that used the batch's key: a single one, or a batch with other contents.</summary>
    long? FindOther(Submission submission)
    {
        if (submission.BatchKey is { } batchKey && state.FindKey(batchKey) is { } single)
            return single;
        foreach (var item in submission.Items)
        {
            if (item.Fingerprint is { } fingerprint && state.FindKey(item.KeyDigest!.Value) is { } number && Group(number).Group[0].Fingerprint != fingerprint)
                return number;
        }

        return null;
    }

    void RollBack(int mark, int count)
    {
        state.RollBack(mark);
        foreach (var (operation, _, _) in applied.Skip(count))
            groupsOfBatch.Remove(operation.Group);
        applied.RemoveRange(count, applied.Count - count);
    }

    Outcome Decide(Submission submission, Request request)
    {
        if (request.Refusal is { } refusal)
            return Outcome.Rejected(refusal);
        var command = request.Command!;
        if ((submission.Caller.Scopes & command.Scope) != command.Scope)
            return Outcome.Rejected(ErrorCode.Forbidden, $"The key {submission.Caller.Actor} may not do this: it needs the scope {command.Scope.ToString().ToLowerInvariant()}");
        if (command.NeedsKey && request.Key is null)
            return Outcome.Rejected(ErrorCode.KeyRequired, "Send an Idempotency-Key, so that a retry cannot move the money twice");
        if (LedgerRules.CheckFields(state, command, at) is { } fields)
            return Outcome.Rejected(fields);
        if (request.KeyDigest is { } key && state.FindKey(key) is { } group)
            return Replay(request, command, group, submission.IsDryRun);
        if (clockProblem is not null)
            return Outcome.Rejected(ErrorCode.ClockSkew, clockProblem);
        var decision = LedgerRules.Decide(state, command, at, salts);
        if (decision.Rejection is { } rejection)
            return Outcome.Rejected(rejection);
        return decision.Drafts.IsEmpty ? Unchanged(command, submission.IsDryRun) : Accept(submission, request, command, decision);
    }

    Outcome Accept(Submission submission, Request request, Command command, Decision decision)
    {
        var salt = command.IsPersonal ? decision.Drafts[0].Personal?.Salt : null;
        var origin = new Origin(submission.Caller.Actor, request.Key, request.Fingerprint ?? FingerprintWriter.Fingerprint(command, salt)) { KeyDigest = request.KeyDigest };
        var group = JournalWriter.Seal(state.Book, state.Head, decision.Drafts, at, origin, chain: !submission.IsDryRun);
        Applied last = default;
        foreach (var operation in group)
        {
            last = Storage.Applied.To(state, operation);
            applied.Add(last);
        }

        var outcome = new Outcome
        {
            Group = group,
            Account = last.Account,
            Customer = last.Customer ?? (command is RegisterCustomer ? state.FindCustomer(group[0].Number) : null),
            AsOf = last.Operation.Number,
            IsDryRun = submission.IsDryRun,
        };
        groupsOfBatch.Add(outcome.AsOf, outcome);
        return outcome;
    }

    Outcome Unchanged(Command command, bool isDryRun) => new()
    {
        Account = command is AccountCommand { Account: var account } ? state.FindAccount(account) : null,
        Customer = command switch
        {
            ChangeCustomer change => state.FindCustomer(change.Customer),
            EraseCustomer erase => state.FindCustomer(erase.Customer),
            _ => null,
        },
        AsOf = state.Head.Number,
        IsDryRun = isDryRun,
    };

    Outcome Replay(Request request, Command command, long number, bool isDryRun)
    {
        var outcome = Group(number);
        var isSame = request.Fingerprint is { } fingerprint ? fingerprint == outcome.Group[0].Fingerprint : Replays.Matches(command, outcome.Group);
        return isSame ? outcome with { IsReplay = true, IsDryRun = isDryRun } : Outcome.Rejected(Reused(number));
    }

    Outcome Group(long number) => groupsOfBatch.TryGetValue(number, out var decided) ? decided : storedGroups[number].Outcome;

    static Rejection Reused(long number) =>
        new(ErrorCode.KeyReused, $"This idempotency key belongs to another request, which made operation {number}: use a new key");
}
