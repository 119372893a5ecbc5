using Kopeck.Ledger.State;

namespace Kopeck.Engine.Storage;

/// <summary>What was looked up.</summary>
/// <param name="Row">The book's row; null when there is no such book. Where it is not the one that the caller knew before, the rest may be
/// older.</param>
public sealed record Found(BookRow? Row, LookedUp Facts);
