using System.Globalization;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Testing.Stores.Authoring;

/// <summary>
/// Writes the batches of a book in memory by the ledger's own rules, with a clock and salts that a test repeats: what an engine hands to a
/// store, without a store. Two authors of one book are two nodes that do not know of each other.
/// </summary>
public sealed class BookAuthor
{
    readonly List<BatchRows> batches = [];
    readonly SeededSalts salts;
    readonly KeyName actor;
    BookState? state;
    int keys;

    /// <summary>An author of a book that is not there yet.</summary>
    public BookAuthor(string book = "main", int seed = 1)
    {
        Book = BookName.Parse(book);
        actor = KeyName.Parse($"author-{seed.ToString(CultureInfo.InvariantCulture)}");
        salts = new SeededSalts(seed);
    }

    /// <summary>The book.</summary>
    public BookName Book { get; }

    /// <summary>The book's row after the last batch.</summary>
    public BookRow? Row { get; private set; }

    /// <summary>The book after the last batch.</summary>
    public BookState State => state ?? throw new InvalidOperationException("The book was not opened");

    /// <summary>Everything written so far.</summary>
    public IReadOnlyList<BatchRows> Batches => batches;

    /// <summary>The instant of the next operations.</summary>
    public Instant At { get; set; } = Instant.From(new DateOnly(2026, 11, 20));

    /// <summary>Of which batch the next operations are items.</summary>
    public BatchMark? Batch { get; set; }

    /// <summary>What the last group's operation is numbered: the id of what it made.</summary>
    public long Last => Row!.Head.Number;

    /// <summary>The batch that opens the book.</summary>
    public BatchRows Open(string baseCurrency = "EUR", int quoteMaxAgeDays = 7) => Open(Values.Currency(baseCurrency), quoteMaxAgeDays);

    /// <summary>The batch that opens the book, in a currency that need not be one of today's.</summary>
    public BatchRows Open(Currency baseCurrency, int quoteMaxAgeDays = 7)
    {
        var command = new OpenBook(baseCurrency, new BookTerms(quoteMaxAgeDays, BookTerms.Utc));
        var origin = new Origin(actor, null, Fingerprint.Of(command, null, null));
        var secret = new BookSecret(salts.Next());
        var body = new BookOpened(command.BaseCurrency, command.Terms, secret.Digest);
        var opening = JournalWriter.Seal(Book, secret, default, [new Draft(body)], At, origin)[0];
        state = body.Begin(Book, secret);
        KnowAllHolds();
        return Keep([Applied.To(state, opening)]);
    }

    /// <summary>A batch of commands, each of which must be accepted, a second after the last one, with keys of the author's own.</summary>
    public BatchRows Write(params IReadOnlyList<Command> commands)
    {
        At = new Instant(At.Microseconds + 1_000_000);
        var applied = new List<Applied>();
        DoDueWork(applied);
        foreach (var command in commands)
        {
            if (TryApply(command, applied) is { } rejection)
                throw new InvalidOperationException($"{command.Name}: {rejection.Code} {rejection.Detail}");
        }

        return Keep(applied);
    }

    /// <summary>A batch of those commands that are accepted; null when none is.</summary>
    public BatchRows? WriteAccepted(IEnumerable<Func<Command>> commands)
    {
        At = new Instant(At.Microseconds + 1_000_000);
        var applied = new List<Applied>();
        DoDueWork(applied);
        foreach (var command in commands)
            TryApply(command(), applied);
        return applied.Count == 0 ? null : Keep(applied);
    }

    /// <summary>Another author who knows everything written so far.</summary>
    public BookAuthor Fork(int seed)
    {
        var fork = new BookAuthor(Book.Value, seed) { At = At };
        foreach (var batch in batches)
        {
            if (batch.Operations[0].Body is BookOpened opened)
            {
                fork.state = opened.Begin(Book, State.Secret);
                fork.KnowAllHolds();
            }

            foreach (var operation in batch.Operations)
                fork.State.Apply(operation);
            fork.batches.Add(batch);
        }

        fork.state?.Settle();
        fork.Row = Row;
        return fork;
    }

    /// <summary>What a store says of the book's row in the meantime: another epoch.</summary>
    public void Learn(BookRow row) => Row = row;

    /// <summary>Whoever writes all of a book knows all of its holds.</summary>
    void KnowAllHolds() => State.LoadDue([], null, default);

    /// <summary>Holds that ended until the batch's instant come first.</summary>
    void DoDueWork(List<Applied> applied)
    {
        foreach (var (_, hold) in State.FindDue(null, At, int.MaxValue))
            TryApply(new ExpireHold(hold), applied, isAsked: false);
    }

    Rejection? TryApply(Command command, List<Applied> applied, bool isAsked = true)
    {
        LoadOriginals(command, applied);
        var on = new Ruling(State, At, salts);
        if (command.CheckFields(on, out var amounts) is { } refusal)
            return refusal;
        var decision = command.Decide(on, amounts);
        if (decision.Rejection is { } rejection)
            return rejection;
        // Every third has no key where none is needed.
        IdempotencyKey? key =
            !isAsked ? null : command.NeedsKey
                || ++keys % 3 > 0 ? IdempotencyKey.Parse($"{actor}/{(++keys).ToString(CultureInfo.InvariantCulture)}") : null;
        var salt = command.IsPersonal && !decision.Drafts.IsEmpty ? decision.Drafts[0].Personal?.Salt : null;
        var origin = new Origin(actor, key, Fingerprint.Of(command, State, salt)) { Batch = isAsked ? Batch : null };
        // The first that is done tells what is in the batch.
        if (isAsked && !decision.Drafts.IsEmpty)
            Batch = Batch is { } mark ? mark with { Contents = null } : null;
        foreach (var operation in JournalWriter.Seal(Book, State.Secret, State.Head, decision.Drafts, At, origin))
            applied.Add(Applied.To(State, operation));
        return null;
    }

    void LoadOriginals(Command command, List<Applied> applied)
    {
        var needs = new Needs();
        command.CollectNeeds(needs);
        foreach (var number in needs.Originals.Where(number => !State.KnowsOriginal(number)))
        {
            var operations = batches.SelectMany(batch => batch.Operations).Concat(applied.Select(one => one.Operation));
            if (operations.FirstOrDefault(operation => operation.Number == number) is { } original)
                State.Load(Original.Of(original, _ => default));
        }
    }

    BatchRows Keep(List<Applied> applied)
    {
        var rows = BatchRowsBuilder.Build(Row, applied, State.Secret);
        State.Settle();
        Row = rows.Next;
        batches.Add(rows);
        return rows;
    }
}
