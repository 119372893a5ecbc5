using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Verification;

/// <summary>
/// A book's rows as they stand: values are <see cref="long"/>, <see cref="string"/>, <see cref="byte"/>[] or null, whatever the column
/// should hold.
/// </summary>
public interface IVerificationSnapshot : IDisposable
{
    /// <summary>The rows of a table in the order of its primary key, with the columns of <see cref="Tables"/> in their order.</summary>
    IEnumerable<object?[]> Rows(string table);

    /// <summary>Adds the same rows to a sum, in whatever order they are found fastest.</summary>
    void AddRows(string table, RowSum sum);

    /// <summary>All rows of the book whose primary key is this (more than one where a constraint was broken).</summary>
    /// <param name="key">The values of the primary key after the book.</param>
    IReadOnlyList<object?[]> Find(string table, params ReadOnlySpan<object> key);

    /// <summary>How many rows of the book a table has.</summary>
    long Count(string table);
}
