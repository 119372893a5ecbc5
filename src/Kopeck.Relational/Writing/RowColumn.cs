using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Relational.Writing;

/// <summary>A column of a table and what a row has in it.</summary>
/// <typeparam name="TRow">What a row is made of.</typeparam>
public abstract class RowColumn<TRow>(Column column)
{
    /// <summary>The column.</summary>
    public Column Column => column;

    /// <summary>Gives the value of a row.</summary>
    public abstract void Give(TRow row, IRowValues values);

    /// <summary>Gives the values of many rows.</summary>
    public abstract void Give(IReadOnlyList<TRow> rows, IColumnValues values);

    /// <summary>A column of whole numbers.</summary>
    public static RowColumn<TRow> Number(Column column, Func<TRow, long> value) =>
        new Typed<long>(column, value, static (values, each) => values.Number(each), static (values, all) => values.Numbers(all));

    /// <summary>A column of whole numbers that may have none.</summary>
    public static RowColumn<TRow> OptionalNumber(Column column, Func<TRow, long?> value) =>
        new Typed<long?>(column, value, static (values, each) => values.Number(each), static (values, all) => values.OptionalNumbers(all));

    /// <summary>A column of yes and no.</summary>
    public static RowColumn<TRow> Flag(Column column, Func<TRow, bool> value) =>
        new Typed<bool>(column, value, static (values, each) => values.Flag(each), static (values, all) => values.Flags(all));

    /// <summary>A column of texts, or of exact decimals by their digits, that may have none.</summary>
    public static RowColumn<TRow> Text(Column column, Func<TRow, string?> value) =>
        new Typed<string?>(column, value, static (values, each) => values.Text(each), static (values, all) => values.Texts(all));

    /// <summary>A column of texts that are there as bytes in UTF-8.</summary>
    public static RowColumn<TRow> Utf8(Column column, Func<TRow, byte[]> value) =>
        new Typed<byte[]>(column, value, static (values, each) => values.Utf8(each), static (values, all) => values.Utf8(all));

    /// <summary>A column of bytes.</summary>
    public static RowColumn<TRow> Bytes(Column column, Func<TRow, byte[]> value) =>
        new Typed<byte[]>(column, value, static (values, each) => values.Bytes(each), static (values, all) => values.Bytes(all));

    /// <summary>A column of bytes that may have none.</summary>
    public static RowColumn<TRow> OptionalBytes(Column column, Func<TRow, byte[]?> value) =>
        new Typed<byte[]?>(column, value, static (values, each) => values.Bytes(each), static (values, all) => values.Bytes(all));

    /// <summary>A column of digests.</summary>
    public static RowColumn<TRow> Digest(Column column, Func<TRow, Digest> value) =>
        new Typed<Digest>(
            column, value, static (values, each) => values.Digest(each),
            static (values, all) => values.Bytes(Array.ConvertAll(all, each => each.ToBytes())));

    /// <summary>A column of days.</summary>
    public static RowColumn<TRow> Date(Column column, Func<TRow, DateOnly> value) =>
        new Typed<DateOnly>(column, value, static (values, each) => values.Date(each), static (values, all) => values.Dates(all));

    sealed class Typed<T>(
        Column column, Func<TRow, T> value, Action<IRowValues, T> giveOne, Action<IColumnValues, T[]> giveAll) : RowColumn<TRow>(column)
    {
        public override void Give(TRow row, IRowValues values) => giveOne(values, value(row));

        public override void Give(IReadOnlyList<TRow> rows, IColumnValues values)
        {
            var all = new T[rows.Count];
            for (var index = 0; index < all.Length; index++)
                all[index] = value(rows[index]);
            giveAll(values, all);
        }
    }
}
