using System.Collections.Immutable;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>A kind of operation whose body is of one type.</summary>
abstract class KindOf<TBody>(OperationKind number, string name) : Kind(number, name)
    where TBody : OperationBody
{
    public sealed override Touched Touches(Operation operation) => Touches(operation, (TBody)operation.Body);

    public sealed override ImmutableArray<MovedLeg> LegsOf(Operation operation) => LegsOf(operation, (TBody)operation.Body);

    public sealed override Flaw? Recheck(BookState before, Operation operation) =>
        MovesMoney || operation.Entries.IsEmpty
            ? Recheck(before, operation, (TBody)operation.Body)
            : Flaw.OfEntries("an operation of this kind moves nothing");

    internal sealed override void Encode(CanonicalJson json, OperationBody body) => Encode(json, (TBody)body);

    internal sealed override OperationBody Decode(Stored body) => Read(body);

    internal sealed override void Fold(BookState state, Operation operation) => Fold(state, operation, (TBody)operation.Body);

    protected abstract void Encode(CanonicalJson json, TBody body);

    protected abstract TBody Read(Stored body);

    protected abstract void Fold(BookState state, Operation operation, TBody body);

    protected virtual Touched Touches(Operation operation, TBody body) => Touched.Nothing;

    protected virtual ImmutableArray<MovedLeg> LegsOf(Operation operation, TBody body) => [];

    protected abstract Flaw? Recheck(BookState before, Operation operation, TBody body);
}
