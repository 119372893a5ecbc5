namespace Kopeck.Engine.Storage;

/// <summary>
/// The database is not the one that this node wrote to: an older copy, another one, or a rewritten one. The books stop on this node.
/// </summary>
public sealed class StorageReplacedException(string message, Exception? inner = null) : StorageUnavailableException(message, inner);
