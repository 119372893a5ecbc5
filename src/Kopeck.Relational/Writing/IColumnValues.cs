namespace Kopeck.Relational.Writing;

/// <summary>Takes the values of one column of many rows.</summary>
public interface IColumnValues
{
    /// <summary>Whole numbers.</summary>
    void Numbers(long[] values);

    /// <summary>Whole numbers, some of which are none.</summary>
    void OptionalNumbers(long?[] values);

    /// <summary>Yes or no.</summary>
    void Flags(bool[] values);

    /// <summary>Texts, some of which may be none.</summary>
    void Texts(string?[] values);

    /// <summary>Texts by their bytes in UTF-8.</summary>
    void Utf8(byte[][] values);

    /// <summary>Bytes, some of which may be none.</summary>
    void Bytes(byte[]?[] values);

    /// <summary>Days.</summary>
    void Dates(DateOnly[] values);
}
