using System.Security.Cryptography;
using System.Text;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Writing;
using Npgsql;

namespace Kopeck.Postgres;

/// <content>Restoring a backup.</content>
public sealed partial class PostgresDatabase
{
    const string FindRights = """
        WITH ledger AS (SELECT relnamespace AS space FROM pg_catalog.pg_class WHERE oid = to_regclass('schema_migrations')),
        rights AS (
          SELECT format('GRANT %s ON DATABASE %I TO ', privilege_type, $1::text) AS grant_it, grantee, is_grantable
            FROM pg_catalog.pg_database CROSS JOIN LATERAL aclexplode(datacl) WHERE datname = current_database() AND grantee <> datdba
          UNION ALL
          SELECT format('GRANT %s ON SCHEMA %I TO ', privilege_type, nspname), grantee, is_grantable
            FROM pg_catalog.pg_namespace JOIN ledger ON ledger.space = oid CROSS JOIN LATERAL aclexplode(nspacl) WHERE grantee <> nspowner
          UNION ALL
          SELECT format('ALTER DEFAULT PRIVILEGES %s GRANT %s ON TABLES TO ', CASE WHEN defaclnamespace = 0 THEN '' ELSE 'IN SCHEMA ' || defaclnamespace::regnamespace END, privilege_type), grantee, is_grantable
            FROM pg_catalog.pg_default_acl CROSS JOIN LATERAL aclexplode(defaclacl)
            WHERE defaclrole = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user) AND defaclobjtype = 'r' AND grantee <> defaclrole
              AND defaclnamespace IN (SELECT 0::oid UNION SELECT space FROM ledger))
        SELECT grant_it || CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE quote_ident(rolname) END || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
        FROM rights LEFT JOIN pg_catalog.pg_roles ON pg_roles.oid = grantee
        """;

    /// <inheritdoc/>
    public async Task<string?> RestoreAsync(string source, bool overwrite)
    {
        await PostgresDump.RequireReadableAsync(address, source).ConfigureAwait(false);
        this.source.Clear();
        string? leftOut;
        if (await IsThereDistributedAsync().ConfigureAwait(false))
            await ClearDistributedAsync().ConfigureAwait(false);
        if (!await IsThereAsync().ConfigureAwait(false))
            leftOut = await RestoreBesideAsync(source, isReplacing: false).ConfigureAwait(false);
        else if (await RunAsync(DatabaseContents.RequireUsableAsync).ConfigureAwait(false) == 0)
            leftOut = await FillEmptyAsync(source).ConfigureAwait(false);
        else if (!overwrite)
            throw new IOException($"{Description} has tables: restore to another database, or overwrite it with --force");
        else
            leftOut = await RestoreBesideAsync(source, isReplacing: true).ConfigureAwait(false);
        await SettleAsync().ConfigureAwait(false);
        await RequireCurrentAsync().ConfigureAwait(false);
        return leftOut;
    }

    /// <summary>
    /// Restores into a new database beside and looks at what came of it; only then the names are exchanged. Whatever goes wrong before,
    /// what was there is there.
    /// </summary>
    async Task<string?> RestoreBesideAsync(string backup, bool isReplacing)
    {
        string? leftOut;
        if (isReplacing)
        {
            await RunAsync(async connection =>
            {
                await DatabaseContents.RequireDroppableAsync(connection).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }

        var (beside, before) = (BesideName("restored"), BesideName("before"));
        await RunAtServerAsync($"CREATE DATABASE {Quote(beside)} TEMPLATE template0 ENCODING 'UTF8'").ConfigureAwait(false);
        try
        {
            if (isReplacing)
                await CopySettingsAsync(beside).ConfigureAwait(false);
            leftOut = await FillAsync(Beside(beside), backup).ConfigureAwait(false);
            if (isReplacing)
                await CopyRightsAsync(beside).ConfigureAwait(false);
            source.Clear();
            await RunAtServerAsync(isReplacing
                ? $"BEGIN; ALTER DATABASE {Quote(address.Database!)} RENAME TO {Quote(before)}; ALTER DATABASE {Quote(beside)} RENAME TO {Quote(address.Database!)}; COMMIT"
                : $"ALTER DATABASE {Quote(beside)} RENAME TO {Quote(address.Database!)}").ConfigureAwait(false);
        }
        catch
        {
            await TryDropAsync(beside).ConfigureAwait(false);
            throw;
        }

        if (isReplacing && !await TryDropAsync(before).ConfigureAwait(false))
            throw new StorageUnavailableException(
                $"The backup is in its place, but what was there before could not be deleted: it is left as database {before}");
        return leftOut;
    }

    // Into nothing, all or nothing: what else its owner made or set stays as it is.
    async Task<string?> FillEmptyAsync(string backup)
    {
        try
        {
            return await FillAsync(address, backup).ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            var schema = Quote(await PostgresDump.ReadSchemaAsync(address, backup).ConfigureAwait(false));
            var tables = string.Join(", ", Tables.All.Select(table => $"{schema}.{Quote(table)}"));
            await InsideAsync(address, connection => ExecuteAsync(connection, $"DROP TABLE IF EXISTS {tables}")).ConfigureAwait(false);
            throw;
        }
    }

    NpgsqlConnectionStringBuilder Beside(string database) =>
        new(address.ConnectionString) { Password = address.Password, Database = database };

    /// <summary>Restores into a database that has no tables, and looks at what came of it.</summary>
    async Task<string?> FillAsync(NpgsqlConnectionStringBuilder target, string backup)
    {
        var schema = await PostgresDump.ReadSchemaAsync(address, backup).ConfigureAwait(false);
        await InsideAsync(target, connection => ExecuteAsync(
            connection,
            $"DO $$ BEGIN IF to_regnamespace({Literal(Quote(schema))}) IS NULL THEN CREATE SCHEMA {Quote(schema)}; END IF; END $$"))
            .ConfigureAwait(false);
        var leftOut = await PostgresDump.RestoreAsync(target, backup).ConfigureAwait(false);
        try
        {
            await InsideAsync(target, async connection =>
            {
                var version = await DatabaseContents.RequireUsableAsync(connection).ConfigureAwait(false);
                if (version == 0)
                    throw new StorageUnavailableException(
                        $"Its tables are in schema {schema}: name that in {address.Database}'s Search Path (search_path)");
                Migration.RequireKnown(version, Migrations);
                await DatabaseContents.RequireNoHooksAsync(connection).ConfigureAwait(false);
                // Tables of a version before are brought to this one afterwards, by `kopeck db migrate`.
                if (version == CurrentVersion)
                    await DatabaseContents.RequireWholeAsync(connection).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            throw new StorageUnavailableException($"{backup} was not put in the database's place: {exception.Message}", exception);
        }

        return leftOut;
    }

    Task InsideAsync(NpgsqlConnectionStringBuilder target, Func<NpgsqlConnection, Task> work)
    {
        var settings = new NpgsqlConnectionStringBuilder(target.ConnectionString) { Password = target.Password, Pooling = false };
        if (PostgresHosts.Of(address).Count > 1 && string.IsNullOrEmpty(settings.TargetSessionAttributes))
            settings.TargetSessionAttributes = "read-write";
        return ConnectAsync(settings, work);
    }

    /// <summary>
    /// Other roles' rights on the database, on the schema, and on the tables yet to be made; those on tables a backup has.
    /// </summary>
    async Task CopyRightsAsync(string beside)
    {
        var grants = new List<string>();
        await RunAsync(async connection =>
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand(FindRights).Add(beside));
            await using var rows = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            while (await rows.ReadAsync().ConfigureAwait(false))
                grants.Add(rows.GetString(0));
            return true;
        }).ConfigureAwait(false);
        if (grants.Count > 0)
            await InsideAsync(Beside(beside), connection => ExecuteAsync(connection, string.Join("; ", grants))).ConfigureAwait(false);
    }

    /// <summary>What the database's owner set for every session of it, where he may do so again.</summary>
    Task CopySettingsAsync(string beside) => AtServerAsync(async connection =>
    {
        var settings = new List<(string Name, string Value)>();
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                "SELECT split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1) FROM pg_catalog.pg_db_role_setting CROSS JOIN unnest(setconfig) AS setting WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = $1)")
                .Add(address.Database!));
            await using var rows = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            while (await rows.ReadAsync().ConfigureAwait(false))
                settings.Add((rows.GetString(0), rows.GetString(1)));
        }

        foreach (var (name, value) in settings)
        {
            try
            {
                // As it was written: a list of names is no text.
                await ExecuteAsync(
                    connection,
                    $"SELECT set_config({Literal(name)}, {Literal(value)}, false); ALTER DATABASE {Quote(beside)} SET {string.Join('.', name.Split('.').Select(Quote))} FROM CURRENT")
                    .ConfigureAwait(false);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                // An administrator's, and his to set again.
            }
        }
    });

    async Task<bool> TryDropAsync(string database)
    {
        try
        {
            await RunAtServerAsync($"DROP DATABASE IF EXISTS {Quote(database)}").ConfigureAwait(false);
            return true;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    // A name has 63 bytes at most.
    string BesideName(string word)
    {
        var suffix = $"_{word}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var name = address.Database!;
        while (Encoding.UTF8.GetByteCount(name) + suffix.Length > 63)
            name = name[..^1];
        return name + suffix;
    }
}
