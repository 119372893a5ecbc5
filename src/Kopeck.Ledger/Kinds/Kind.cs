using System.Collections.Immutable;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>
/// One kind of operation: how it is kept, what it does to a book, and how it is decided again. What is asked, and the rules, are its
/// commands' (<see cref="Commands.Command"/>), which stand in the same folder. The kinds are a closed list, <see cref="KindList"/>; all are
/// stateless.
/// </summary>
public abstract class Kind
{
    /// <summary>Kinds are written here, not by callers.</summary>
    private protected Kind(OperationKind number, string name)
    {
        Number = number;
        Name = name;
    }

    /// <summary>The number that is stored and hashed.</summary>
    public OperationKind Number { get; }

    /// <summary>The word on the wire and in exports, such as <c>customer_registered</c>: a constant that never changes.</summary>
    public string Name { get; }

    /// <summary>Whether its operations have entries.</summary>
    public virtual bool MovesMoney => false;

    /// <summary>What an operation of this kind is about beside its entries.</summary>
    public virtual Touched Touches(Operation operation) => Touched.Nothing;

    /// <summary>What an operation of this kind moved, leg by leg: what can be reversed. Empty for kinds that move nothing.</summary>
    public virtual ImmutableArray<MovedLeg> LegsOf(Operation operation) => [];

    /// <summary>Writes the members of a body in their canonical order.</summary>
    internal abstract void Encode(CanonicalJson json, OperationBody body);

    /// <summary>Reads a body back.</summary>
    internal abstract OperationBody Decode(Stored body);

    /// <summary>Changes a state as an operation of this kind does.</summary>
    internal abstract void Fold(BookState state, Operation operation);

    /// <summary>Decides an operation again, on the state before it; null where it follows from that state.</summary>
    public abstract Flaw? Recheck(BookState before, Operation operation);
}
