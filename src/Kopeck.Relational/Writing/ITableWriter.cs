using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Writing;

/// <summary>Writes rows of one book's tables, in the order in which it is told.</summary>
public interface ITableWriter
{
    /// <summary>How the engine's language differs.</summary>
    Dialect Dialect { get; }

    /// <summary>Adds rows.</summary>
    void Insert<TRow>(TableRows<TRow> table, IReadOnlyList<TRow> rows);

    /// <summary>Changes rows, each found by the book and its first column.</summary>
    void Update<TRow>(TableRows<TRow> table, IReadOnlyList<TRow> rows);

    /// <summary>
    /// Adds rows, or changes those that are there, each found by the book and its first column, which are the table's key.
    /// </summary>
    void Put<TRow>(TableRows<TRow> table, IReadOnlyList<TRow> rows);

    /// <summary>Runs a statement that returns nothing; the book is its first value.</summary>
    void Execute(Query query);
}
