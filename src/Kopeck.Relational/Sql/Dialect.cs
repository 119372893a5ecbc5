namespace Kopeck.Relational.Sql;

/// <summary>Where the databases' languages differ. Places of values are written <c>$1</c>, <c>$2</c> and so on in every text.</summary>
public abstract class Dialect
{
    /// <summary>Stands for the key in a text that is given to <see cref="ForEach"/>.</summary>
    public const string Key = "@key";

    /// <summary>A condition: a column is one of the keys of a value. Rows come in any order.</summary>
    public abstract string IsOneOf(string column, int place);

    /// <summary>
    /// A statement that is run for each of the keys of a value; its own order and limit hold for each. Keys come in any order.
    /// </summary>
    /// <param name="select">With <see cref="Key"/> in the place of the key.</param>
    /// <param name="place">The place of the keys.</param>
    /// <param name="kind">Of the keys.</param>
    public abstract string ForEach(string select, int place, ValueKind kind);

    /// <summary>A column of exact decimals as its digits, without zeros at the end.</summary>
    public abstract string Digits(string column);

    /// <summary>A column of numbers or texts that no index is chosen for: where the statement's bounds are another's.</summary>
    public abstract string Unindexed(string column);

    /// <summary>The day of an instant in microseconds, in UTC.</summary>
    public abstract string DayOf(string column);
}
