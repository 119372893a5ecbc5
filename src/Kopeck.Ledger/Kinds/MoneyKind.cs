using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>A kind whose operations move one named amount from one account to another.</summary>
abstract class MoneyKind<TBody>(OperationKind number, string name) : KindOf<TBody>(number, name)
    where TBody : MoneyMoved
{
    public sealed override bool MovesMoney => true;

    protected sealed override void Encode(CanonicalJson json, TBody body) => json
        .Number("from"u8, body.From)
        .Number("to"u8, body.To)
        .Number("amountMinor"u8, body.AmountMinor)
        .Currency(body.Currency)
        .Exchange(body.Exchange)
        .Remarks(body.Description, body.Metadata);

    protected sealed override void Fold(BookState state, Operation operation, TBody body) => state.Move(operation);

    protected sealed override ImmutableArray<MovedLeg> LegsOf(Operation operation, TBody body)
    {
        var (debit, credit) = (operation.Entries[0], operation.Entries[^1]);
        return [new MovedLeg(body.From, body.To, debit.Currency, credit.Currency, new Sides(-debit.Amount, credit.Amount))];
    }

    protected sealed override Flaw? Recheck(BookState before, Operation operation, TBody body) =>
        Flaw.OfEntries(CheckEntries(before, operation, body));

    /// <summary>Whether such an operation moves money between two accounts.</summary>
    protected abstract bool Connects(Account from, Account to);

    protected virtual string? CheckEntries(BookState before, Operation operation, TBody body)
    {
        if (operation.Entries is not [var debit, var credit] || debit.Account != body.From || credit.Account != body.To
            || debit.Amount != -body.AmountMinor || credit.Amount != body.AmountMinor || body.AmountMinor <= 0)
            return "the entries are not those of the body";
        if (before.FindAccount(body.From) is not { } from || before.FindAccount(body.To) is not { } to)
            return "an account was not opened";
        if (!Connects(from, to) || debit.Currency != body.Currency || credit.Currency != body.Currency)
            return $"a {Name} does not move money between accounts of these kinds";
        return Movements.CheckMovable(from, to);
    }
}
