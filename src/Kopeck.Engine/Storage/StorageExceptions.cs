namespace Kopeck.Engine.Storage;

/// <summary>The database cannot be used now; nothing was written. The message says why, without secrets.</summary>
public class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A batch would have used an idempotency key that is used already: nothing of it was written.</summary>
public sealed class KeyUsedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A commit was sent and its outcome was not learnt.</summary>
public sealed class OutcomeUnknownException(string message, Exception? inner = null) : StorageUnavailableException(message, inner);

/// <summary>The database is not the one that this node wrote to: an older copy, another one, or a rewritten one. The books stop on this node.</summary>
public sealed class StorageReplacedException(string message, Exception? inner = null) : StorageUnavailableException(message, inner);
