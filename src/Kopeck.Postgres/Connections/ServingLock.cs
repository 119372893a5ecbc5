namespace Kopeck.Postgres.Connections;

/// <summary>What tells who migrates that others work with the tables: a lock that these share, and he would have alone.</summary>
static class ServingLock
{
    // Any number, the same in every program.
    const string Number = "118126371234668";

    /// <summary>Takes it together with others, for as long as the connection lives; false while somebody migrates.</summary>
    public const string Share = $"SELECT pg_catalog.pg_is_in_recovery() OR pg_catalog.pg_try_advisory_lock_shared({Number})";

    /// <summary>Takes it alone, until the transaction ends; false while anybody works with the tables.</summary>
    public const string TakeAlone = $"SELECT pg_catalog.pg_try_advisory_xact_lock({Number})";

    /// <summary>The version of the tables.</summary>
    public const string AskVersion = "SELECT coalesce(max(version), 0) FROM schema_migrations";
}
