using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Kopeck.Ledger.Reference;

namespace Kopeck.Ledger.Fields;

/// <summary>
/// What holds for every text: whole characters in NFC, nothing invisible that could deceive, and the field's own length and pattern.
/// </summary>
public static class TextRules
{
    /// <summary>Brings a text to NFC and checks it.</summary>
    /// <param name="error">
    /// <c>required</c>, <c>unpaired_surrogate</c>, <c>empty</c>, <c>surrounding_space</c>, <c>control_character</c>,
    /// <c>bidirectional_control</c>, <c>noncharacter</c>, <c>unassigned_character</c>, <c>too_long</c>, <c>too_short</c> or
    /// <c>bad_format</c>.
    /// </param>
    public static bool TryNormalize(
        FieldType type, string? text, [NotNullWhen(true)] out string? normal, [NotNullWhen(false)] out FieldError? error)
    {
        normal = null;
        error =
            text is null
                ? new FieldError("required", $"A value is missing: {type.Description}")
                : Ascii.IsValid(text)
                ? null
                : CheckCharacters(text);
        if (error is not null)
            return false;
        normal = Ascii.IsValid(text!) ? text! : NormalForm.Compose(text!);
        error = Check(type, normal);
        if (error is not null)
            normal = null;
        return error is null;
    }

    static FieldError? Check(FieldType type, string normal)
    {
        if (normal.Length == 0)
            return new FieldError("empty", "The text is empty: leave it out, or write something");
        if (UnicodeTable.IsWhiteSpace(normal[0]) || UnicodeTable.IsWhiteSpace(normal[^1]))
            return new FieldError("surrounding_space", "The text starts or ends with white space: take it away");
        foreach (var letter in normal)
        {
            if (char.IsControl(letter) || letter is '\u2028' or '\u2029')
                return new FieldError("control_character", $"The text has the control character U+{(int)letter:X4}: take it away");
        }

        var length = CountCodePoints(normal);
        if (length > type.MaxLength)
            return new FieldError("too_long", $"At most {type.MaxLength} characters, got {length}");
        if (length < type.MinLength)
            return new FieldError("too_short", $"At least {type.MinLength} characters, got {length}");
        return type.IsMatch is { } isMatch && !isMatch(normal)
            ? new FieldError("bad_format", $"The text does not match {type.Pattern}: {type.Description}")
            : null;
    }

    static FieldError? CheckCharacters(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!Rune.TryGetRuneAt(text, index, out var rune))
                return new FieldError("unpaired_surrogate", "The text has an unpaired surrogate: send whole characters");
            if (IsBidirectionalControl(rune.Value))
                return new FieldError("bidirectional_control", $"The text has the bidirectional control U+{rune.Value:X4}: take it away");
            if ((rune.Value & 0xfffe) == 0xfffe || rune.Value is >= 0xfdd0 and <= 0xfdef)
                return new FieldError(
                    "noncharacter",
                    string.Create(CultureInfo.InvariantCulture, $"The text has the noncharacter U+{rune.Value:X4}: take it away"));
            if (!UnicodeTable.IsAssigned(rune.Value))
                return new FieldError(
                    "unassigned_character",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The text has U+{rune.Value:X4}, which Unicode {UnicodeTable.Version} gives no character: take it away"));
            index += rune.Utf16SequenceLength - 1;
        }

        return null;
    }

    static bool IsBidirectionalControl(int codePoint) =>
        codePoint is 0x061c or 0x200e or 0x200f or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069);

    /// <summary>As the database counts: a surrogate pair is one.</summary>
    static int CountCodePoints(string text)
    {
        var count = 0;
        foreach (var letter in text)
            count += char.IsLowSurrogate(letter) ? 0 : 1;
        return count;
    }
}
