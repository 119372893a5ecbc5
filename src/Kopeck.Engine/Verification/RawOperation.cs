using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Engine.Verification;

/// <summary>Reads rows of the journal as they stand into operations; what cannot be read is a finding.</summary>
static class RawOperation
{
    public static Operation Read(object?[] row, long number)
    {
        var key = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        T Column<T>(Column column)
        {
            var value = row[IndexOf(column)];
            return value is T typed
                ? typed
                : throw RowChecks.Fail(
                    Tables.Operations.TableName, key, column.Name, $"is {RowChecks.Describe(value)}, not a value of the column");
        }

        T Parse<T>(Column column, Func<T> parse)
        {
            try
            {
                return parse();
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
            {
                throw RowChecks.Fail(Tables.Operations.TableName, key, column.Name, exception.Message);
            }
        }

        var body = System.Text.Encoding.UTF8.GetBytes(Column<string>(Tables.Operations.Body));
        var entries = Column<byte[]>(Tables.Operations.Entries);
        var kind = (OperationKind)Column<long>(Tables.Operations.Kind);
        var canonical = new CanonicalBytes(body, entries);
        return new Operation
        {
            Book = Parse(Tables.Operations.Book, () => BookName.Parse(Column<string>(Tables.Operations.Book))),
            Number = Column<long>(Tables.Operations.Number),
            Group = Column<long>(Tables.Operations.GroupNumber),
            At = new Instant(Column<long>(Tables.Operations.At)),
            Actor = Parse(Tables.Operations.Actor, () => KeyName.Parse(Column<string>(Tables.Operations.Actor))),
            Key =
                row[IndexOf(Tables.Operations.Key)] is null
                    ? null
                    : Parse(Tables.Operations.Key, () => IdempotencyKey.Parse(Column<string>(Tables.Operations.Key))),
            Batch =
                row[IndexOf(Tables.Operations.BatchKey)] is null
                    ? null
                    : Parse(Tables.Operations.BatchKey, () => BatchMark.From(Column<byte[]>(Tables.Operations.BatchKey))),
            Fingerprint = Parse(Tables.Operations.Fingerprint, () => new Digest(Column<byte[]>(Tables.Operations.Fingerprint))),
            Body = Parse(Tables.Operations.Body, () => BodyCodec.Read(kind, body)),
            Entries = Parse(Tables.Operations.Entries, () => EntriesBlob.Parse(entries)),
            Hash = Parse(Tables.Operations.Hash, () => new Digest(Column<byte[]>(Tables.Operations.Hash))),
            Canonical = canonical,
        };
    }

    static int IndexOf(Column column) => RowChecks.IndexOf(Tables.Operations.Columns, column);
}
