namespace Kopeck.Engine.Storage;

/// <summary>Too many reads wait for the database already: this one was not begun.</summary>
public sealed class StorageOverloadedException(string message, Exception? inner = null) : StorageUnavailableException(message, inner);
