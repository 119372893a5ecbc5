namespace Kopeck.Engine.Storage;

/// <summary>A commit was sent and its outcome was not learnt.</summary>
public sealed class OutcomeUnknownException(string message, Exception? inner = null) : StorageUnavailableException(message, inner);
