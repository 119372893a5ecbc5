using Kopeck.Engine.Keys;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;
using Kopeck.Sqlite.Native;
using Kopeck.Sqlite.Sql;

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
                connection.Prepare(
                    "INSERT INTO api_keys (book, name, digest, scopes, created_at, revoked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
                    .Bind(book.Value).Bind(key.Name.Value).Bind(key.Digest).Bind(ScopeNames.Write(key.Scopes))
                        .Bind(key.CreatedAt.Microseconds).Bind(key.RevokedAt?.Microseconds).Execute();
            }
            else
            {
                connection.Prepare("INSERT INTO operator_keys (name, digest, created_at, revoked_at) VALUES (?1, ?2, ?3, ?4)")
                    .Bind(key.Name.Value).Bind(key.Digest).Bind(key.CreatedAt.Microseconds).Bind(key.RevokedAt?.Microseconds).Execute();
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
                    "UPDATE api_keys SET revoked_at = ?1 WHERE book = ?2 AND name = ?3 AND revoked_at IS NULL AND (scopes <> ?4 OR EXISTS (SELECT 1 FROM api_keys AS other WHERE other.book = ?2 AND other.name <> ?3 AND other.revoked_at IS NULL AND other.scopes = ?4))")
                    .Bind(at.Microseconds).Bind(owner.Value).Bind(name.Value).Bind(ScopeNames.Write(Scopes.Admin)).Execute();
            }
            else
            {
                connection.Prepare(
                    "UPDATE operator_keys SET revoked_at = ?1 WHERE name = ?2 AND revoked_at IS NULL AND EXISTS (SELECT 1 FROM operator_keys AS other WHERE other.name <> ?2 AND other.revoked_at IS NULL)")
                    .Bind(at.Microseconds).Bind(name.Value).Execute();
            }

            return FindKey(connection, book, name);
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
