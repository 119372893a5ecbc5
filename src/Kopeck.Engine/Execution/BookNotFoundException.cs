namespace Kopeck.Engine.Execution;

/// <summary>There is no such book, and this node never knew one.</summary>
sealed class BookNotFoundException(string message) : Exception(message);
