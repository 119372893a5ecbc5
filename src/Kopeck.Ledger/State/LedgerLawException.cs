namespace Kopeck.Ledger.State;

/// <summary>An operation breaks a law of the ledger: a bug, or a journal that was tampered with. Never thrown for bad input.</summary>
public sealed class LedgerLawException(string message) : Exception(message);
