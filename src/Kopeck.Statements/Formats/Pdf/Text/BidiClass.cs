namespace Kopeck.Statements.Formats.Pdf.Text;

/// <summary>What a character does to the direction of a text (UAX #9, 3.2), as far as texts without control characters need it.</summary>
enum BidiClass
{
    /// <summary>Left to right.</summary>
    Left,

    /// <summary>Right to left, such as Hebrew.</summary>
    Right,

    /// <summary>Right to left, Arabic.</summary>
    Arabic,

    /// <summary>A digit as in Europe.</summary>
    Digit,

    /// <summary>A digit as in Arabia.</summary>
    ArabicDigit,

    /// <summary>A sign before or between digits.</summary>
    DigitSign,

    /// <summary>What belongs to a number beside it, such as a currency's sign.</summary>
    DigitEnd,

    /// <summary>What parts digits, such as a comma.</summary>
    DigitPart,

    /// <summary>A mark above or below the letter before it.</summary>
    Mark,

    /// <summary>White space and all else.</summary>
    Neutral,
}
