using Kopeck.Ledger.Journal;
using Kopeck.Relational.Sql;

namespace Kopeck.Stores.Tests;

/// <summary>A row of a list's keys.</summary>
sealed class ScannedRow(long key) : IRow
{
    public bool IsNull(int column) => false;

    public long Int64(int column) => column == 0 ? 0 : key;

    public bool Boolean(int column) => throw new NotSupportedException();

    public string Text(int column) => throw new NotSupportedException();

    public byte[] Bytes(int column) => throw new NotSupportedException();

    public Digest Digest(int column) => throw new NotSupportedException();

    public DateOnly Date(int column) => throw new NotSupportedException();
}
