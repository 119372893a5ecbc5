using Kopeck.Ledger.Journal;
using Kopeck.Relational.Sql;
using Npgsql;

namespace Kopeck.Postgres.Sql;

/// <summary>The row that a reader is at.</summary>
sealed class PostgresRow(NpgsqlDataReader reader) : IRow
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public long Int64(int column) => reader.GetInt64(column);

    public bool Boolean(int column) => reader.GetBoolean(column);

    public string Text(int column) => reader.GetString(column);

    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    public Digest Digest(int column) => new(Bytes(column));

    public DateOnly Date(int column) => reader.GetFieldValue<DateOnly>(column);
}
