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
    public const string SelectOfBooks = $"SELECT book, name, digest, scopes, {Common} FROM api_keys";

    /// <summary>The operator's keys.</summary>
    public const string SelectOfOperator = $"SELECT CAST(NULL AS varchar(40)), name, digest, '', {Common} FROM operator_keys";

    const string Common = "created_at, revoked_at, expires_at, last_used_at, networks, rate_limit, old_digest, old_until";

    /// <summary>Reads a row of either.</summary>
    public static ApiKey Read(IRow row) => new(
        row.OptionalText(0) is { } book ? BookName.Parse(book) : null,
        KeyName.Parse(row.Text(1)),
        row.Digest(2),
        ScopeNames.TryParse(row.Text(3), out var scopes) ? scopes : Scopes.None,
        new Instant(row.Int64(4)),
        OptionalInstant(row, 5))
    {
        Terms = new KeyTerms(
            OptionalInstant(row, 6),
            row.OptionalText(8) is { } networks && AllowedNetworks.TryParse(KeyNetworks.Parse(networks), out var allowed) ? allowed : null,
            row.OptionalInt64(9) is { } limit ? (int)limit : null),
        LastUsedAt = OptionalInstant(row, 7),
        OldDigest = row.IsNull(10) ? null : row.Digest(10),
        OldUntil = OptionalInstant(row, 11),
    };

    static Instant? OptionalInstant(IRow row, int column) => row.OptionalInt64(column) is { } at ? new Instant(at) : null;
}
