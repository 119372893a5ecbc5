using Kopeck.Engine.Storage;

namespace Kopeck.Postgres.Reading;

/// <summary>A standby has not what is asked for.</summary>
sealed class StandbyBehindException() : StorageUnavailableException("The standby has not what is asked for");
