namespace Kopeck.Server.Hosting;

/// <summary>A reader took nothing for so long that it was let go.</summary>
sealed class NotReadingException() : OperationCanceledException("The reader took nothing for too long");
