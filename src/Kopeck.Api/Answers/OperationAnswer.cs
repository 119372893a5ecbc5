using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.State;

namespace Kopeck.Api.Answers;

/// <summary>An operation of the journal. What its kind does not have is null.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record OperationAnswer : Answer
{
    /// <summary>Its number; null in a dry run.</summary>
    public long? Id { get; private set; }

    /// <summary>The number of the last operation of its group; null in a dry run.</summary>
    public long? Group { get; private set; }

    /// <summary>What it did.</summary>
    public OperationKind Kind { get; private set; }

    /// <summary>When it was written.</summary>
    public Instant At { get; private set; }

    /// <summary>The name of the API key that asked for it.</summary>
    public string Actor { get; private set; } = "";

    /// <summary>The request's idempotency key.</summary>
    public string? Key { get; private set; }

    /// <summary>What it moved; zero in sum for each currency.</summary>
    public IReadOnlyList<Entry> Entries { get; private set; } = [];

    /// <summary>How it was converted.</summary>
    public Exchange? Exchange { get; private set; }

    /// <summary>The customer that it registered, changed or erased.</summary>
    public long? Customer { get; private set; }

    /// <summary>The account that it opened or changed; null in a dry run for one that it would open.</summary>
    public long? Account { get; private set; }

    /// <summary>What the account that it opened is for.</summary>
    public AccountKind? AccountKind { get; private set; }

    /// <summary>The currency of the account that it opened.</summary>
    public string? Currency { get; private set; }

    /// <summary>What a freeze stopped.</summary>
    public AccountStatus? What { get; private set; }

    /// <summary>The floor that it set; null for none, and for other kinds.</summary>
    public Money? Floor { get; private set; }

    /// <summary>The quotes that it loaded.</summary>
    public QuotesLoaded? Quotes { get; private set; }

    /// <summary>The base currency of the book that it opened.</summary>
    public string? BaseCurrency { get; private set; }

    /// <summary>The terms of the book that it opened or changed, from then on.</summary>
    public BookTerms? Terms { get; private set; }

    /// <summary>By how much it changed what holds reserve; empty for kinds that change no hold.</summary>
    public IReadOnlyList<HeldChange> Holds { get; private set; } = [];

    /// <summary>The hold that it placed or changed, as it left it.</summary>
    public HoldAnswer? Hold { get; private set; }

    /// <summary>Of a capture with several receivers: what each got. Empty for others: the entries say it.</summary>
    public IReadOnlyList<PaidLeg> Legs { get; private set; } = [];

    /// <summary>Of a reversal: what it took back.</summary>
    public Reverses? Reverses { get; private set; }

    /// <summary>
    /// Of an operation that moved money and was asked for by its id: what was reversed of it. Elsewhere it is told as it was written.
    /// </summary>
    public Reversibility? Reversibility { get; private set; }

    /// <summary>What it was for.</summary>
    public string? Description { get; private set; }

    /// <summary>A JSON object of the caller's own, compact; null for none.</summary>
    public string? Metadata { get; private set; }

    /// <summary>Its hash in the chain; null in a dry run.</summary>
    public Digest? Hash { get; private set; }

    /// <summary>Of a feed that was asked for them: the hashes that its own is made of, after the one before it. Empty elsewhere.</summary>
    public IReadOnlyList<Digest> Leaves { get; private set; } = [];

    /// <summary>The answer of a call that made operations: the last of them.</summary>
    public static OperationAnswer Of(Outcome outcome) =>
        Of(outcome, outcome.IsDryRun && !outcome.IsReplay ? outcome.Group[0].Number : null);

    /// <summary>An operation that is in the journal.</summary>
    public static OperationAnswer Of(Operation operation) => Of(operation, null, isReal: true);

    /// <summary>An operation that is in the journal, with the hashes of its leaves.</summary>
    internal static OperationAnswer Of(Operation operation, IReadOnlyList<Digest> leaves)
    {
        var answer = Of(operation);
        answer.Leaves = leaves;
        return answer;
    }

    /// <summary>An operation that is in the journal, with what later ones made of it.</summary>
    /// <param name="hold">The hold that it placed or changed, as it left it; null where that is what its body says.</param>
    /// <param name="reversals">Null where they are not told, or it moved no money.</param>
    internal static OperationAnswer Of(Operation operation, Hold? hold, ReversalsOf? reversals)
    {
        var answer = Of(operation);
        if (hold is not null)
            answer.Hold = HoldAnswer.Of(hold);
        if (reversals is not null)
            answer.Reversibility = Reversibility.Of(reversals);
        return answer;
    }

    /// <summary>The answer of an item of a batch.</summary>
    /// <param name="firstNew">In a dry run the number from which on ids are not real; null otherwise.</param>
    internal static OperationAnswer Of(Outcome outcome, long? firstNew)
    {
        var answer = Of(outcome.Answer, firstNew, !outcome.IsDryRun);
        if (outcome.Hold is { } hold)
            answer.Hold = HoldAnswer.Of(hold, firstNew);
        return answer;
    }

    static OperationAnswer Of(Operation operation, long? firstNew, bool isReal)
    {
        var answer = new OperationAnswer
        {
            Id = isReal ? operation.Number : null,
            Group = isReal ? operation.Group : null,
            Kind = operation.Kind,
            At = operation.At,
            Actor = operation.Actor.Value,
            Key = operation.Key?.Value,
            Entries = EntriesOf(operation, firstNew),
            Hash = isReal ? operation.Hash : null,
        };
        answer.Take(operation, firstNew);
        return answer;
    }

    /// <summary>What only some kinds have.</summary>
    void Take(Operation operation, long? firstNew)
    {
        switch (operation.Body)
        {
            case MoneyMoved moved:
                (Exchange, Description, Metadata) = (moved.Exchange, moved.Description?.Value, moved.Metadata?.Value);
                break;
            case HoldBody body:
                Take(body, firstNew);
                break;
            case Reversed reversed:
                (Reverses, Exchange) = (Reverses.Of(reversed), reversed.Exchange);
                (Description, Metadata) = (reversed.Description?.Value, reversed.Metadata?.Value);
                break;
            case Posted posted:
                (Description, Metadata) = (posted.Description?.Value, posted.Metadata?.Value);
                break;
            case BookOpened opened:
                (BaseCurrency, Terms) = (opened.BaseCurrency.Code, opened.Terms);
                break;
            case BookChanged changed:
                Terms = changed.Terms;
                break;
            case CustomerRegistered:
                Customer = operation.Number;
                break;
            case CustomerChanged changed:
                Customer = changed.Customer;
                break;
            case CustomerErased erased:
                Customer = erased.Customer;
                break;
            case AccountOpened opened:
                Account = operation.Number >= firstNew ? null : operation.Number;
                (AccountKind, Currency) = (opened.AccountKind, opened.Currency.Code);
                break;
            case AccountFrozen frozen:
                (Account, What) = (frozen.Account, frozen.Status);
                break;
            case AccountUnfrozen unfrozen:
                Account = unfrozen.Account;
                break;
            case AccountClosed closed:
                Account = closed.Account;
                break;
            case FloorSet floor:
                (Account, Floor) = (floor.Account, floor.Floor is { } minor ? Money.Of(minor, floor.Currency) : null);
                break;
            case QuotesLoaded loaded:
                Quotes = loaded;
                break;
        }
    }

    void Take(HoldBody body, long? firstNew)
    {
        var change = body.Change;
        (Exchange, Description, Metadata) = (body.Exchange, body.Description?.Value, body.Metadata?.Value);
        var hold = change.Hold >= firstNew ? null : (long?)change.Hold;
        Holds = [new HeldChange(hold, change.Account, Money.Of(change.Change, change.Currency), Money.Of(change.Held, change.Currency))];
        Hold = body is HoldPlaced placed ? HoldAnswer.Of(placed.ToHold(), firstNew) : HoldAnswer.Of(change, firstNew);
        if (body is Captured { Legs.Length: > 1 } captured)
            Legs = [.. captured.Legs.Select(leg => ToLeg(leg, change.Currency, firstNew))];
    }

    static PaidLeg ToLeg(CapturedLeg leg, Ledger.Money.Currency currency, long? firstNew) => new(
        leg.To >= firstNew ? null : leg.To, Money.Of(leg.TakenMinor, currency), Money.Of(leg.GivenMinor, leg.Currency), leg.Exchange);

    static Entry[] EntriesOf(Operation operation, long? firstNew)
    {
        var entries = new Entry[operation.Entries.Length];
        for (var place = 0; place < entries.Length; place++)
        {
            var entry = operation.Entries[place];
            entries[place] = new Entry(
                entry.Account >= firstNew ? null : entry.Account,
                Money.Of(entry.Amount, entry.Currency),
                Money.Of(entry.Balance, entry.Currency));
        }

        return entries;
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json) => OperationJson.Write(json, this);
}
