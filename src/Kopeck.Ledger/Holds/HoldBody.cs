using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Holds;

/// <summary>What an operation on one hold decided.</summary>
/// <param name="Change">What it did to the hold.</param>
public abstract record HoldBody(HoldChange Change) : OperationBody;
