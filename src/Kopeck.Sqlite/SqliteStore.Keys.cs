using Kopeck.Engine.Keys;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite;

/// <content>API keys.</content>
public sealed partial class SqliteStore
{
    const string BookKeys = "SELECT book, name, digest, scopes, created_at, revoked_at FROM api_keys";
    const string OperatorKeys = "SELECT NULL, name, digest, '', created_at, revoked_at FROM operator_keys";

    /// <inheritdoc/>
    public async ValueTask<ApiKey?> FindKeyAsync(Digest digest, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                using var row = connection.Prepare($"{BookKeys} WHERE digest = ?1 UNION ALL {OperatorKeys} WHERE digest = ?1 LIMIT 1").Bind(digest);
                return row.Step() ? ReadKey(row) : null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ApiKey>> ListKeysAsync(BookName? book, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                using var rows = book is { } name
                    ? connection.Prepare($"{BookKeys} WHERE book = ?1 ORDER BY name").Bind(name.Value)
                    : connection.Prepare($"{OperatorKeys} ORDER BY name");
                return ReadAll(rows, ReadKey);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> AddKeyAsync(ApiKey key, CancellationToken cancellationToken, Action? beforeStoring = null) =>
        await WriteAsync(connection =>
        {
            if (FindKey(connection, key.Book, key.Name) is not null)
                return false;
            beforeStoring?.Invoke();
            if (key.Book is { } book)
            {
                connection.Prepare("INSERT INTO api_keys (book, name, digest, scopes, created_at, revoked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
                    .Bind(book.Value).Bind(key.Name.Value).Bind(key.Digest).Bind(ScopeNames.Write(key.Scopes)).Bind(key.CreatedAt.Microseconds).Bind(key.RevokedAt?.Microseconds).Execute();
            }
            else
            {
                connection.Prepare("INSERT INTO operator_keys (name, digest, created_at, revoked_at) VALUES (?1, ?2, ?3, ?4)")
                    .Bind(key.Name.Value).Bind(key.Digest).Bind(key.CreatedAt.Microseconds).Bind(key.RevokedAt?.Microseconds).Execute();
            }

            return true;
        });

    /// <inheritdoc/>
    public async ValueTask<ApiKey?> RevokeKeyAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken) =>
        await WriteAsync(connection =>
        {
            // One statement, in the file's one writing transaction.
            if (book is { } owner)
            {
                connection.Prepare("UPDATE api_keys SET revoked_at = ?1 WHERE book = ?2 AND name = ?3 AND revoked_at IS NULL AND (scopes <> ?4 OR EXISTS (SELECT 1 FROM api_keys AS other WHERE other.book = ?2 AND other.name <> ?3 AND other.revoked_at IS NULL AND other.scopes = ?4))")
                    .Bind(at.Microseconds).Bind(owner.Value).Bind(name.Value).Bind(ScopeNames.Write(Scopes.Admin)).Execute();
            }
            else
            {
                connection.Prepare("UPDATE operator_keys SET revoked_at = ?1 WHERE name = ?2 AND revoked_at IS NULL AND EXISTS (SELECT 1 FROM operator_keys AS other WHERE other.name <> ?2 AND other.revoked_at IS NULL)")
                    .Bind(at.Microseconds).Bind(name.Value).Execute();
            }

            return FindKey(connection, book, name);
        });

    static ApiKey? FindKey(Connection connection, BookName? book, KeyName name)
    {
        using var row = book is { } owner
            ? connection.Prepare($"{BookKeys} WHERE book = ?1 AND name = ?2").Bind(owner.Value).Bind(name.Value)
            : connection.Prepare($"{OperatorKeys} WHERE name = ?1").Bind(name.Value);
        return row.Step() ? ReadKey(row) : null;
    }

    static ApiKey ReadKey(Statement row) => new(
        row.OptionalText(0) is { } book ? BookName.Parse(book) : null,
        KeyName.Parse(row.Text(1)),
        row.Digest(2),
        ScopeNames.TryParse(row.Text(3), out var scopes) ? scopes : Scopes.None,
        new Instant(row.Int64(4)),
        row.OptionalInt64(5) is { } revokedAt ? new Instant(revokedAt) : null);
}
