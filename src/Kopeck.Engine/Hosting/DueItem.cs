using Kopeck.Ledger;
using Kopeck.Ledger.Commands;

namespace Kopeck.Engine.Hosting;

/// <summary>One thing that the journal's own time makes happen.</summary>
/// <param name="At">When it is due.</param>
/// <param name="Id">What it is about; of two that are due at the same instant the smaller id comes first.</param>
/// <param name="Command">What is then decided, by the rules like any other command. It needs no key, as it happens once by its
/// state.</param>
public sealed record DueItem(Instant At, long Id, Command Command);
