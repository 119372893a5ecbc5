namespace Kopeck.Laws.Tests.Model;

/// <content>What the journal's own time makes happen.</content>
public sealed partial class ModelLedger
{
    /// <summary>
    /// What comes before a batch: every due hold of an account that it names or reaches, then a thousand others, or few where more are
    /// due.
    /// </summary>
    public void WriteDueWork(IReadOnlyCollection<ModelCommand> commands, long now)
    {
        if (now < LastAt - 5 * Micro)
            return;
        var at = Math.Max(now, LastAt);
        var due = openHolds.Where(hold => hold.ExpiresAt <= at).OrderBy(hold => hold.ExpiresAt).ThenBy(hold => hold.Id).ToList();
        if (due.Count == 0)
            return;
        var reached = commands.SelectMany(Reached).ToHashSet();
        var first = due.Where(hold => reached.Contains(hold.Account)).ToList();
        var isFlood = due.Count - first.Count > 1_000;
        var others = isFlood ? Math.Clamp(commands.Count / 16, 8, 1_000) : 1_000;
        foreach (var hold in first.Concat(due.Except(first).Take(others)))
        {
            hold.Expired += hold.Remaining;
            Hold("hold_expired", hold, Accounts[hold.Account], -hold.Remaining, "expired");
        }

        LastAt = at;
    }

    IEnumerable<long> Reached(ModelCommand command)
    {
        if (command.Kind is "register" or "change" or "erase" or "open_wallet" or "open_account" or "quotes" or "terms")
            return [];
        var reached = new List<long> { command.From, command.To };
        if (command.Kind is "posting" or "capture")
            reached.AddRange(command.Legs.SelectMany(leg => new[] { leg.From, leg.To }));
        if (Holds.TryGetValue(command.Hold, out var hold))
            reached.AddRange([hold.Account, hold.To ?? 0]);
        if (Moves.TryGetValue(command.Original, out var moves))
            reached.AddRange(moves.SelectMany(move => new[] { move.From, move.To }));
        return reached;
    }
}
