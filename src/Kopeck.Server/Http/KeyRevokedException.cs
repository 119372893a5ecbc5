namespace Kopeck.Server.Http;

/// <summary>The key of a request was revoked while it was being answered.</summary>
sealed class KeyRevokedException() : Exception("The key was revoked while this was being sent");
