using Kopeck.Engine.Storage;

namespace Kopeck.Postgres.Connections;

/// <summary>No connection to a server could be made, so nothing was sent to it: another one may do instead, where there is one.</summary>
sealed class ServerUnreachableException(string message, Exception inner) : StorageUnavailableException(message, inner);
