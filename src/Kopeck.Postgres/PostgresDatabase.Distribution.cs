using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Distribution;
using Npgsql;

namespace Kopeck.Postgres;

/// <content>A database that Citus spreads over several servers.</content>
public sealed partial class PostgresDatabase
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> DistributeAsync()
    {
        // Connections of this program's own would be in its way.
        servers.Clear();
        var spread = await RunAsync(async connection =>
        {
            Migration.RequireCurrent(Description, await DatabaseContents.RequireUsableAsync(connection).ConfigureAwait(false), Migrations);
            return await Distributor.RunAsync(connection).ConfigureAwait(false);
        }).ConfigureAwait(false);
        // What was opened before knows of one server.
        servers.Clear();
        return spread;
    }

    /// <summary>
    /// What a backup is put into: on a database with Citus what was restored is spread anew, and on one without it keys refer to their
    /// books again, also where the backup is of a spread one.
    /// </summary>
    async Task SettleAsync()
    {
        source.Clear();
        await RunAsync(async connection =>
        {
            if (await Distributor.HasCitusAsync(connection).ConfigureAwait(false)
                && await Distributor.HasServersAsync(connection).ConfigureAwait(false))
                await Distributor.RunAsync(connection).ConfigureAwait(false);
            else
                await ExecuteAsync(connection, Distributor.RestoreApiKeysBook).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        source.Clear();
    }

    async Task<bool> IsThereDistributedAsync() => await IsThereAsync().ConfigureAwait(false) && source.IsDistributed == true;

    /// <summary>Where a backup may take the place of what is spread: nothing but empty tables.</summary>
    async Task ClearDistributedAsync() =>
        await RunAsync(async connection =>
        {
            await Distributor.RequireCoordinatorAsync(connection).ConfigureAwait(false);
            if (await Distributor.HasBooksAsync(connection).ConfigureAwait(false))
                throw new StorageUnavailableException(
                    $"{Description} is spread over several servers and has books: restore into a new database that was made with `kopeck db create --distributed`");
            await Distributor.DropTablesAsync(connection).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

    /// <summary>
    /// The tables first, on all servers at once: with them goes all that anybody wrote. Then the databases, as far as this user may.
    /// </summary>
    async Task DropDistributedAsync()
    {
        servers.Clear();
        var places = await RunAsync(async connection =>
        {
            await Distributor.RequireCoordinatorAsync(connection).ConfigureAwait(false);
            await DatabaseContents.RequireDroppableAsync(connection).ConfigureAwait(false);
            await Distributor.RequireUnusedAsync(connection).ConfigureAwait(false);
            var found = await Distributor.PlacesAsync(connection).ConfigureAwait(false);
            await Distributor.DropTablesAsync(connection).ConfigureAwait(false);
            return found;
        }).ConfigureAwait(false);
        servers.Clear();
        var drop = $"DROP DATABASE IF EXISTS {Quote(address.Database!)} WITH (FORCE)";
        var left = new List<string>();
        foreach (var place in places)
        {
            try
            {
                await using var at = place.IsCoordinator ? null : source.Another(names.From(place.Server));
                await AtServerAsync(at?.Address ?? address, connection => ExecuteAsync(connection, drop)).ConfigureAwait(false);
            }
            catch (StorageUnavailableException)
            {
                left.Add(place.Server.ToString());
            }
        }

        if (left.Count > 0)
            throw new StorageUnavailableException(
                $"All tables are deleted, on every server. The empty databases on {string.Join(", ", left)} are left, where Citus is connected as a superuser: one may {drop}");
    }

    /// <summary>Throws where a setting makes several servers together less than each of them is.</summary>
    async Task RequireServersFitAsync(NpgsqlConnection connection)
    {
        if (reads is not null)
            throw new StorageUnavailableException(
                "The database is spread over several servers, of which none has one standby for all: leave KOPECK_READS out");
        foreach (var (name, right) in Distributor.Required)
        {
            await using var show = new NpgsqlCommand($"SHOW {name}", connection);
            if (await show.ExecuteScalarAsync().ConfigureAwait(false) is string setting && setting != right)
                throw new StorageUnavailableException($"PostgreSQL has {name} = {setting}, with which several servers are not one: set it to {right}");
        }

        await foreach (var (server, settings) in Distributor.SettingsAsync(connection).ConfigureAwait(false))
        {
            if (ServerFitness.Problem(settings, source.AllowsUnsafeStorage) is { } problem)
                throw new StorageUnavailableException($"On {server}: {problem}");
        }
    }

    async Task<IReadOnlyDictionary<BookName, string>> FindServersAsync(IEnumerable<BookName> books) =>
        await RunAsync(async connection =>
        {
            var found = new Dictionary<BookName, string>();
            await using var command = new NpgsqlCommand(Citus.ServersOfBooks, connection);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. books.Select(book => book.Value)] });
            await using var rows = await command.ExecuteReaderAsync().ConfigureAwait(false);
            while (await rows.ReadAsync().ConfigureAwait(false))
                found[BookName.Parse(rows.GetString(0))] = new ServerAddress(rows.GetString(1), rows.GetInt32(2)).ToString();
            return found;
        }).ConfigureAwait(false);
}
