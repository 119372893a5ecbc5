using System.Collections.Immutable;

namespace Kopeck.Relational.Writing;

/// <summary>How rows of one table are written: the book, then these columns.</summary>
/// <typeparam name="TRow">What a row is made of.</typeparam>
/// <param name="table">The table.</param>
/// <param name="columns">All of its columns but the book; for an update the key first, then what changes.</param>
public sealed class TableRows<TRow>(string table, params IReadOnlyList<RowColumn<TRow>> columns)
{
    /// <summary>The table.</summary>
    public string Table => table;

    /// <summary>The columns after the book.</summary>
    public ImmutableArray<RowColumn<TRow>> Columns { get; } = [.. columns];

    /// <summary>The columns' names, separated by commas.</summary>
    public string Names { get; } = string.Join(", ", columns.Select(column => column.Column.Name));

    /// <summary>What an insert ends with that changes rows whose key is there, where the first column is the key.</summary>
    public string OnConflict { get; } = $" ON CONFLICT (book, {columns[0].Column.Name}) DO UPDATE SET "
        + string.Join(", ", columns.Skip(1).Select(column => $"{column.Column.Name} = excluded.{column.Column.Name}"));
}
