using System.Globalization;
using System.Text;
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
        // The column that is being read, for what is told of one that cannot be.
        var column = Tables.Operations.Body;
        try
        {
            var kind = (OperationKind)Value<long>(row, number, Tables.Operations.Kind);
            var body = Encoding.UTF8.GetBytes(Value<string>(row, number, Tables.Operations.Body));
            var entries = Value<byte[]>(row, number, Tables.Operations.Entries);
            var read = BodyCodec.Read(kind, body);
            return new Operation
            {
                Book = BookName.Parse(Value<string>(row, number, column = Tables.Operations.Book)),
                Number = Value<long>(row, number, column = Tables.Operations.Number),
                Group = Value<long>(row, number, column = Tables.Operations.GroupNumber),
                At = new Instant(Value<long>(row, number, column = Tables.Operations.At)),
                Actor = KeyName.Parse(Value<string>(row, number, column = Tables.Operations.Actor)),
                Key =
                    row[IndexOf(column = Tables.Operations.Key)] is null
                        ? null
                        : IdempotencyKey.Parse(Value<string>(row, number, column)),
                Batch =
                    row[IndexOf(column = Tables.Operations.BatchKey)] is null
                        ? null
                        : BatchMark.From(Value<byte[]>(row, number, column)),
                Fingerprint = new Digest(Value<byte[]>(row, number, column = Tables.Operations.Fingerprint)),
                Body = read,
                Entries = EntriesBlob.Parse(Value<byte[]>(row, number, column = Tables.Operations.Entries)),
                Hash = new Digest(Value<byte[]>(row, number, column = Tables.Operations.Hash)),
                Canonical = new CanonicalBytes(body, entries),
            };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            throw RowChecks.Fail(Tables.Operations.TableName, Text(number), column.Name, exception.Message);
        }
    }

    static T Value<T>(object?[] row, long number, Column column)
    {
        var value = row[IndexOf(column)];
        return value is T typed
            ? typed
            : throw RowChecks.Fail(
                Tables.Operations.TableName, Text(number), column.Name, $"is {RowChecks.Describe(value)}, not a value of the column");
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static int IndexOf(Column column) => RowChecks.IndexOf(Tables.Operations.Columns, column);
}
