using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;

namespace Kopeck.Engine.Execution;

/// <summary>
/// Salts of decisions that were undone are drawn again, in their order: what is written does not depend on how often it was decided.
/// </summary>
sealed class SaltStash(ISaltSource source)
{
    readonly LinkedList<Digest> returned = [];

    /// <summary>A source that notes what it gave to decisions.</summary>
    public ISaltSource For(Decisions decisions) => new Draw(this, decisions.Salts);

    /// <summary>Takes back what undone decisions drew.</summary>
    public void Return(Decisions decisions)
    {
        for (var index = decisions.Salts.Count - 1; index >= 0; index--)
            returned.AddFirst(decisions.Salts[index]);
        decisions.Salts.Clear();
    }

    Digest Next()
    {
        if (returned.First is not { } first)
            return source.Next();
        returned.RemoveFirst();
        return first.Value;
    }

    sealed class Draw(SaltStash stash, List<Digest> drawn) : ISaltSource
    {
        public Digest Next()
        {
            drawn.Add(stash.Next());
            return drawn[^1];
        }
    }
}
