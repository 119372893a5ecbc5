using Kopeck.Ledger.Journal;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>The fold: a book's state is that of its operations, applied in order.</summary>
public static class Folding
{
    /// <summary>Advances a state by the next operation. Throws <see cref="LedgerLawException"/> when it breaks a law.</summary>
    public static void Apply(this BookState state, Operation operation)
    {
        state.Advance(operation);
        KindList.Of(operation.Kind).Fold(state, operation);
        state.Meet(operation);
    }
}
