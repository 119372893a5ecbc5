using Kopeck.Ledger.Journal;
using Kopeck.Relational.Sql;

namespace Kopeck.Postgres.Sql;

/// <summary>A row without its first columns.</summary>
sealed class LaterColumns(IRow row, int first) : IRow
{
    public bool IsNull(int column) => row.IsNull(first + column);

    public long Int64(int column) => row.Int64(first + column);

    public bool Boolean(int column) => row.Boolean(first + column);

    public string Text(int column) => row.Text(first + column);

    public byte[] Bytes(int column) => row.Bytes(first + column);

    public Digest Digest(int column) => row.Digest(first + column);

    public DateOnly Date(int column) => row.Date(first + column);
}
