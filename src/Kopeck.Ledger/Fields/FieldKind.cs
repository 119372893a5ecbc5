namespace Kopeck.Ledger.Fields;

/// <summary>How a field is stored.</summary>
public enum FieldKind
{
    /// <summary>Unicode text in NFC.</summary>
    Text,

    /// <summary>A decimal number, exact.</summary>
    Numeric,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A day of the Gregorian calendar.</summary>
    Date,

    /// <summary>Yes or no.</summary>
    Boolean,
}
