using Kopeck.Engine.Keys;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;
using Kopeck.Relational.Writing;
using Kopeck.Sqlite.Native;
using Kopeck.Sqlite.Sql;
using Kopeck.Sqlite.Writing;

namespace Kopeck.Sqlite;

/// <content>API keys.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public override async ValueTask<bool> AddKeyAsync(ApiKey key, CancellationToken cancellationToken, Action? beforeStoring = null) =>
        await WriteAsync(connection =>
        {
            if (FindKey(connection, key.Book, key.Name) is not null)
                return false;
            beforeStoring?.Invoke();
            if (key.Book is { } book)
            {
                new SqliteTableWriter(connection, book).Insert(BatchTables.ApiKeys, [key]);
            }
            else
            {
                connection.Prepare(
                    "INSERT INTO operator_keys (name, digest, created_at, revoked_at, expires_at, networks, rate_limit) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
                    .Bind(key.Name.Value).Bind(key.Digest).Bind(key.CreatedAt.Microseconds).Bind(key.RevokedAt?.Microseconds)
                    .Bind(key.Terms.ExpiresAt?.Microseconds).Bind(key.Terms.Networks?.Text.Value).Bind(key.Terms.RateLimit).Execute();
            }

            return true;
        }).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask<ApiKey?> RevokeKeyAsync(
        BookName? book, KeyName name, Instant at, CancellationToken cancellationToken) =>
        await WriteAsync(connection =>
        {
            // One statement, in the file's one writing transaction.
            if (book is { } owner)
            {
                connection.Prepare(
                    "UPDATE api_keys SET revoked_at = ?1 WHERE book = ?2 AND name = ?3 AND revoked_at IS NULL AND (scopes <> ?4 OR EXISTS (SELECT 1 FROM api_keys AS other WHERE other.book = ?2 AND other.name <> ?3 AND other.revoked_at IS NULL AND other.expires_at IS NULL AND other.scopes = ?4))")
                    .Bind(at.Microseconds).Bind(owner.Value).Bind(name.Value).Bind(ScopeNames.Write(Scopes.Admin)).Execute();
            }
            else
            {
                connection.Prepare(
                    "UPDATE operator_keys SET revoked_at = ?1 WHERE name = ?2 AND revoked_at IS NULL AND EXISTS (SELECT 1 FROM operator_keys AS other WHERE other.name <> ?2 AND other.revoked_at IS NULL AND other.expires_at IS NULL)")
                    .Bind(at.Microseconds).Bind(name.Value).Execute();
            }

            return FindKey(connection, book, name);
        }).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask<ApiKey?> ChangeKeyAsync(
        BookName? book, KeyName name, Func<ApiKey, IReadOnlyList<ApiKey>, ApiKey?> change, CancellationToken cancellationToken) =>
        await WriteAsync(connection =>
        {
            var all = new List<ApiKey>();
            connection.Run((book is { } owner
                ? new Query($"{KeyRows.SelectOfBooks} WHERE book = $1").Add(owner.Value)
                : new Query(KeyRows.SelectOfOperator)).Read(row => all.Add(KeyRows.Read(row))));
            if (all.Find(key => key.Name == name) is not { } found || change(found, all) is not { } changed)
                return all.Find(key => key.Name == name);
            var (table, isTheirs) = book is null ? ("operator_keys", "name = ?1") : ("api_keys", "name = ?1 AND book = ?8");
            var update = connection.Prepare(
                $"UPDATE {table} SET digest = ?2, expires_at = ?3, networks = ?4, rate_limit = ?5, old_digest = ?6, old_until = ?7 WHERE {isTheirs}")
                .Bind(name.Value).Bind(changed.Digest).Bind(changed.Terms.ExpiresAt?.Microseconds)
                .Bind(changed.Terms.Networks?.Text.Value).Bind(changed.Terms.RateLimit)
                .Bind(changed.OldDigest).Bind(changed.OldUntil?.Microseconds);
            if (book is { } theirs)
                update = update.Bind(theirs.Value);
            update.Execute();
            return changed;
        }).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask NoteUseAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken) =>
        await WriteAsync(connection =>
        {
            if (book is { } owner)
                connection.Prepare("UPDATE api_keys SET last_used_at = ?1 WHERE name = ?2 AND book = ?3")
                    .Bind(at.Microseconds).Bind(name.Value).Bind(owner.Value).Execute();
            else
                connection.Prepare("UPDATE operator_keys SET last_used_at = ?1 WHERE name = ?2").Bind(at.Microseconds).Bind(name.Value)
                    .Execute();
            return true;
        }).ConfigureAwait(false);

    static ApiKey? FindKey(Connection connection, BookName? book, KeyName name)
    {
        ApiKey? found = null;
        connection.Run((book is { } owner
            ? new Query($"{KeyRows.SelectOfBooks} WHERE book = $1 AND name = $2").Add(owner.Value).Add(name.Value)
            : new Query($"{KeyRows.SelectOfOperator} WHERE name = $1").Add(name.Value)).Read(row => found = KeyRows.Read(row)));
        return found;
    }
}
