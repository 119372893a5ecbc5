namespace Kopeck.Engine.Storage;

/// <summary>The database cannot be used now; nothing was written. The message says why, without secrets.</summary>
public class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
