using Kopeck.Engine.Keys;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Rows;

/// <summary>Rows of <c>api_keys</c> and <c>operator_keys</c>.</summary>
public static class KeyRows
{
    /// <summary>Keys of books.</summary>
    public const string SelectOfBooks = "SELECT book, name, digest, scopes, created_at, revoked_at FROM api_keys";

    /// <summary>The operator's keys.</summary>
    public const string SelectOfOperator = "SELECT CAST(NULL AS varchar(40)), name, digest, '', created_at, revoked_at FROM operator_keys";

    /// <summary>Reads a row of either.</summary>
    public static ApiKey Read(IRow row) => new(
        row.OptionalText(0) is { } book ? BookName.Parse(book) : null,
        KeyName.Parse(row.Text(1)),
        row.Digest(2),
        ScopeNames.TryParse(row.Text(3), out var scopes) ? scopes : Scopes.None,
        new Instant(row.Int64(4)),
        row.OptionalInt64(5) is { } revokedAt ? new Instant(revokedAt) : null);
}
