using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.State;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational;

/// <content>Reads of reversals, and the writer's look-ups of holds and of operations that are to be reversed.</content>
public abstract partial class RelationalStore
{
    // So many of the holds that end next are kept in memory; of books with more, those of touched accounts are looked up besides.
    const int DueWindow = 2_000;

    /// <inheritdoc/>
    public virtual async ValueTask<IReadOnlyDictionary<long, ReversalsOf>> GetReversalsAsync(
        BookName book, IReadOnlyCollection<Operation> originals, long? at, int limit, CancellationToken cancellationToken)
    {
        var wanted = originals.Where(operation => KindList.Of(operation.Kind).MovesMoney).ToList();
        var numbers = wanted.ConvertAll(operation => operation.Number);
        var back = new Dictionary<(long Original, int Leg), Sides>();
        var rows = new List<ReversalRow>();
        if (wanted.Count > 0)
        {
            await ReadAsync(
                Lane.Lookups,
                isSnapshot: true,
                [
                    BackOf(book, numbers, at ?? long.MaxValue, back),
                    new Query(ReversalRows.SelectFirst(Dialect)).Add(book.Value).AddKeys(numbers).Add(at ?? long.MaxValue).Add(limit)
                        .Read(row => rows.Add(ReversalRows.Read(row))),
                ],
                cancellationToken).ConfigureAwait(false);
        }

        var reversals = rows.ToLookup(row => row.Original);
        return wanted.ToDictionary(
            operation => operation.Number,
            operation => new ReversalsOf(ToOriginal(operation, back), [.. reversals[operation.Number]]));
    }

    /// <summary>
    /// Looks up the holds and originals that are needed, in a round trip or two before all else, and adds the accounts that are
    /// reached through them.
    /// </summary>
    async Task<(List<Hold> Holds, List<Original> Originals, DueHolds? Due)> LookUpHoldsAsync(
        BookName book, Needs needs, HashSet<long> accounts, CancellationToken cancellationToken)
    {
        var (holds, operations, due) = (new List<Hold>(), new List<Operation>(), new List<Hold>());
        var queries = new List<Query>(3);
        if (needs.Holds.Count > 0)
        {
            queries.Add(new Query($"{HoldRows.Select} AND {Dialect.IsOneOf("h.hold", 2)}").Add(book.Value).AddKeys(needs.Holds)
                .Read(row => holds.Add(HoldRows.Read(row))));
        }

        if (needs.DueUntil is not null)
        {
            queries.Add(new Query($"{HoldRows.Select} AND h.due_at IS NOT NULL ORDER BY h.due_at, h.hold LIMIT $2")
                .Add(book.Value).Add(DueWindow + 1)
                .Read(row => due.Add(HoldRows.Read(row))));
        }

        if (needs.Originals.Count > 0)
        {
            queries.Add(new Query($"{OperationRows.Select} AND {Dialect.IsOneOf("o.number", 2)}").Add(book.Value).AddKeys(needs.Originals)
                .Read(row => operations.Add(OperationRows.Read(row))));
        }

        await ReadAsync(Lane.Lookups, isSnapshot: false, queries, cancellationToken).ConfigureAwait(false);
        (Instant At, long Id)? known = null;
        if (due.Count > DueWindow)
        {
            due.RemoveAt(DueWindow);
            known = (due[^1].State.ExpiresAt!.Value, due[^1].Id);
        }

        foreach (var leg in operations.SelectMany(operation => KindList.Of(operation.Kind).LegsOf(operation)))
            accounts.UnionWith([leg.From, leg.To]);
        AddAccounts(holds, accounts);
        var back = new Dictionary<(long Original, int Leg), Sides>();
        queries.Clear();
        if (operations.Count > 0)
            queries.Add(BackOf(book, operations.ConvertAll(operation => operation.Number), long.MaxValue, back));
        if (known?.At <= needs.DueUntil)
        {
            // More is due than is kept: of the accounts that commands touch, all of it is found.
            queries.Add(new Query($"{HoldRows.Select} AND {Dialect.IsOneOf("h.account", 2)} AND h.due_at <= $3")
                .Add(book.Value).AddKeys(needs.Touched.Concat(accounts).Distinct()).Add(needs.DueUntil!.Value.Microseconds)
                .Read(row => due.Add(HoldRows.Read(row))));
        }

        if (queries.Count > 0)
            await ReadAsync(Lane.Lookups, isSnapshot: false, queries, cancellationToken).ConfigureAwait(false);
        due = [.. due.DistinctBy(hold => hold.Id)];
        AddAccounts(due, accounts);
        var captures = await CapturesAsync(book, [.. holds, .. due], cancellationToken).ConfigureAwait(false);
        return (
            holds.ConvertAll(hold => hold with { Captures = [.. captures[hold.Id]] }),
            operations.ConvertAll(operation => ToOriginal(operation, back)),
            needs.DueUntil is null ? null : new DueHolds(due.ConvertAll(hold => hold with { Captures = [.. captures[hold.Id]] }), known));
    }

    async Task<ILookup<long, HoldCapture>> CapturesAsync(BookName book, IEnumerable<Hold> holds, CancellationToken cancellationToken)
    {
        var captured = holds.Where(hold => hold.State.Captured > 0).Select(hold => hold.Id).Distinct().ToList();
        List<(long Hold, HoldCapture Capture)> found = captured.Count == 0
            ? []
            : await AllAsync(
                Lane.Lookups,
                new Query(HoldRows.SelectCaptures(Dialect)).Add(book.Value).AddKeys(captured).Add(long.MaxValue),
                HoldRows.ReadCapture,
                cancellationToken).ConfigureAwait(false);
        return found.ToLookup(pair => pair.Hold, pair => pair.Capture);
    }

    Query BackOf(BookName book, List<long> originals, long at, Dictionary<(long Original, int Leg), Sides> back) =>
        new Query(ReversalRows.SelectBack(Dialect)).Add(book.Value).AddKeys(originals).Add(at).Read(row =>
        {
            var (original, leg, sides) = ReversalRows.ReadBack(row);
            back[(original, leg)] = sides;
        });

    static Original ToOriginal(Operation operation, Dictionary<(long Original, int Leg), Sides> back) =>
        Original.Of(operation, leg => back.GetValueOrDefault((operation.Number, leg)));

    static void AddAccounts(List<Hold> holds, HashSet<long> accounts)
    {
        foreach (var hold in holds)
        {
            accounts.Add(hold.Account);
            if (hold.To is { } to)
                accounts.Add(to);
        }
    }
}
