namespace Kopeck.Engine.Storage;

/// <summary>A batch would have used an idempotency key that is used already: nothing of it was written.</summary>
public sealed class KeyUsedException(string message, Exception? inner = null) : Exception(message, inner);
