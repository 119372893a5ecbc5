using Kopeck.Ledger.Journal;

namespace Kopeck.Relational.Writing;

/// <summary>Takes the values of one row, column by column.</summary>
public interface IRowValues
{
    /// <summary>A whole number, or none.</summary>
    void Number(long? value);

    /// <summary>A yes or no.</summary>
    void Flag(bool value);

    /// <summary>A text, or none.</summary>
    void Text(string? value);

    /// <summary>A text by its bytes in UTF-8.</summary>
    void Utf8(byte[] value);

    /// <summary>Bytes, or none.</summary>
    void Bytes(byte[]? value);

    /// <summary>A digest.</summary>
    void Digest(Digest value);

    /// <summary>A day.</summary>
    void Date(DateOnly value);
}
