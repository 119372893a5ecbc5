using Kopeck.Ledger.Journal;

namespace Kopeck.Relational.Sql;

/// <summary>A row of a result, read by column from 0. Good only until the next row.</summary>
public interface IRow
{
    /// <summary>Whether a column has no value.</summary>
    bool IsNull(int column);

    /// <summary>A whole number of any width.</summary>
    long Int64(int column);

    /// <summary>A yes or no.</summary>
    bool Boolean(int column);

    /// <summary>A text.</summary>
    string Text(int column);

    /// <summary>The bytes of a text or of bytes.</summary>
    byte[] Bytes(int column);

    /// <summary>A SHA-256 digest.</summary>
    Digest Digest(int column);

    /// <summary>A day.</summary>
    DateOnly Date(int column);
}
