using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Rows;

/// <summary>Rows of <c>operations</c>, each with the personal values that it set, where they were not erased.</summary>
public static class OperationRows
{
    /// <summary>The operations of a book, as <c>operations o</c> and <c>personal_values p</c>.</summary>
    public static readonly string Select =
        "SELECT o.book, o.number, o.group_number, o.kind, o.at, o.actor, o.key, o.fingerprint, o.body, o.entries, o.hash, p.customer, p.salt, o.batch_key"
        + CustomerRows.Personal("p")
        + " FROM operations o LEFT JOIN personal_values p ON p.book = $1 AND p.number = o.number WHERE o.book = $1";

    /// <summary>The operations after the number $2, at most $3.</summary>
    public static readonly string SelectAfter = $"{Select} AND o.number > $2 ORDER BY o.number LIMIT $3";

    /// <summary>Reads a row.</summary>
    public static Operation Read(IRow row)
    {
        var canonical = new CanonicalBytes(row.Bytes(8), row.Bytes(9));
        return new Operation
        {
            Book = BookName.Parse(row.Text(0)),
            Number = row.Int64(1),
            Group = row.Int64(2),
            At = new Instant(row.Int64(4)),
            Actor = KeyName.Parse(row.Text(5)),
            Key = row.OptionalText(6) is { } key ? IdempotencyKey.Parse(key) : null,
            Batch = row.IsNull(13) ? null : BatchMark.From(row.Bytes(13)),
            Fingerprint = row.Digest(7),
            Body = BodyCodec.Read((OperationKind)row.Int64(3), canonical.Body),
            Entries = EntriesBlob.Parse(canonical.Entries),
            Hash = row.Digest(10),
            Canonical = canonical,
            Personal = row.IsNull(11) ? null : new PersonalValues(row.Int64(11), row.Digest(12), CustomerRows.Details(row, 14)),
        };
    }
}
