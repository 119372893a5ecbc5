using System.Globalization;
using System.Text;

namespace Kopeck.Statements.Formats.Pdf.Text;

/// <summary>
/// The order in which a text of both directions is drawn: the Unicode Bidirectional Algorithm (UAX #9) for one line without control
/// characters.
/// </summary>
static class Bidi
{
    /// <summary>
    /// The level of each UTF-16 unit: odd ones are drawn from right to left. Null where all of it goes from left to right.
    /// </summary>
    public static byte[]? Levels(string text)
    {
        var runes = text.EnumerateRunes().ToList();
        var classes = runes.ConvertAll(Class);
        if (!classes.Exists(of => of is BidiClass.Right or BidiClass.Arabic or BidiClass.ArabicDigit))
            return null;
        // P2, P3: the first letter decides.
        var first = classes.Find(of => of is BidiClass.Left or BidiClass.Right or BidiClass.Arabic);
        var paragraph = (byte)(first is BidiClass.Right or BidiClass.Arabic ? 1 : 0);
        var embedding = paragraph == 1 ? BidiClass.Right : BidiClass.Left;
        var spaces = runes.ConvertAll(rune => Rune.IsWhiteSpace(rune));
        ResolveWeak(classes, embedding);
        ResolveNeutral(classes, embedding);
        var levels = new byte[text.Length];
        var place = 0;
        for (var index = 0; index < runes.Count; index++)
        {
            var level = Level(classes[index], paragraph);
            for (var unit = 0; unit < runes[index].Utf16SequenceLength; unit++)
                levels[place++] = level;
        }

        // L1: spaces at the end belong to the paragraph.
        for (var (index, unit) = (runes.Count - 1, text.Length - 1); index >= 0 && spaces[index]; index--, unit--)
            levels[unit] = paragraph;
        return levels;
    }

    /// <summary>L2: runs of units in the order in which they are drawn.</summary>
    public static List<(int Start, int Length, byte Level)> Order(byte[] levels)
    {
        var runs = new List<(int Start, int Length, byte Level)>();
        for (var start = 0; start < levels.Length;)
        {
            var end = start;
            while (end < levels.Length && levels[end] == levels[start])
                end++;
            runs.Add((start, end - start, levels[start]));
            start = end;
        }

        for (int level = levels.Max(); level > 0; level--)
        {
            for (var start = 0; start < runs.Count; start++)
            {
                var end = start;
                while (end < runs.Count && runs[end].Level >= level)
                    end++;
                if (end > start)
                    runs.Reverse(start, end - start);
                start = end;
            }
        }

        return runs;
    }

    /// <summary>L4: brackets look the other way from right to left.</summary>
    public static string Mirror(string text)
    {
        const string Pairs = "()[]{}<>«»‹›≤≥";
        return string.Concat(
            text.Select(letter => Pairs.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var place ? Pairs[place ^ 1] : letter));
    }

    static void ResolveWeak(List<BidiClass> classes, BidiClass embedding)
    {
        var (before, strong) = (embedding, embedding);
        for (var index = 0; index < classes.Count; index++)
        {
            // W1: a mark is what it stands on. W2: digits after Arabic letters are Arabic's.
            if (classes[index] == BidiClass.Mark)
                classes[index] = before;
            if (classes[index] is BidiClass.Left or BidiClass.Right or BidiClass.Arabic)
                strong = classes[index];
            if (classes[index] == BidiClass.Digit && strong == BidiClass.Arabic)
                classes[index] = BidiClass.ArabicDigit;
            before = classes[index];
        }

        // W3.
        for (var index = 0; index < classes.Count; index++)
        {
            if (classes[index] == BidiClass.Arabic)
                classes[index] = BidiClass.Right;
        }

        // W4: one sign between digits of a kind.
        for (var index = 1; index + 1 < classes.Count; index++)
        {
            var around = classes[index - 1] == classes[index + 1] ? classes[index - 1] : BidiClass.Neutral;
            if ((classes[index] is BidiClass.DigitSign or BidiClass.DigitPart && around == BidiClass.Digit)
                || (classes[index] == BidiClass.DigitPart && around == BidiClass.ArabicDigit))
                classes[index] = around;
        }

        ResolveNumbers(classes, embedding);
    }

    static void ResolveNumbers(List<BidiClass> classes, BidiClass embedding)
    {
        // W5: what belongs to a number beside it.
        for (var index = 0; index < classes.Count; index++)
        {
            if (classes[index] != BidiClass.DigitEnd)
                continue;
            var end = index;
            while (end < classes.Count && classes[end] == BidiClass.DigitEnd)
                end++;
            var isNumber = (index > 0 && classes[index - 1] == BidiClass.Digit) || (end < classes.Count && classes[end] == BidiClass.Digit);
            for (; index < end; index++)
                classes[index] = isNumber ? BidiClass.Digit : BidiClass.Neutral;
        }

        // W6, W7.
        var strong = embedding;
        for (var index = 0; index < classes.Count; index++)
        {
            if (classes[index] is BidiClass.DigitSign or BidiClass.DigitPart or BidiClass.DigitEnd)
                classes[index] = BidiClass.Neutral;
            else if (classes[index] is BidiClass.Left or BidiClass.Right)
                strong = classes[index];
            else if (classes[index] == BidiClass.Digit && strong == BidiClass.Left)
                classes[index] = BidiClass.Left;
        }
    }

    // N1, N2: neutrals go with what is on both sides, else with the paragraph.
    static void ResolveNeutral(List<BidiClass> classes, BidiClass embedding)
    {
        for (var index = 0; index < classes.Count; index++)
        {
            if (classes[index] != BidiClass.Neutral)
                continue;
            var end = index;
            while (end < classes.Count && classes[end] == BidiClass.Neutral)
                end++;
            var before = index == 0 ? embedding : Side(classes[index - 1]);
            var after = end == classes.Count ? embedding : Side(classes[end]);
            for (; index < end; index++)
                classes[index] = before == after ? before : embedding;
        }
    }

    static BidiClass Side(BidiClass of) => of == BidiClass.Left ? BidiClass.Left : BidiClass.Right;

    // I1, I2.
    static byte Level(BidiClass of, byte paragraph) => (of, paragraph) switch
    {
        (BidiClass.Left, 0) => 0,
        (BidiClass.Right, _) => 1,
        _ => 2,
    };

    static BidiClass Class(Rune rune)
    {
        var value = rune.Value;
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return BidiClass.Mark;
        return value switch
        {
            >= '0' and <= '9' or >= 0x06f0 and <= 0x06f9 => BidiClass.Digit,
            >= 0x0660 and <= 0x0669 or 0x066b or 0x066c => BidiClass.ArabicDigit,
            '+' or '-' or 0x2212 => BidiClass.DigitSign,
            ',' or '.' or '/' or ':' or 0x00a0 or 0x202f => BidiClass.DigitPart,
            '#' or '%' or 0x2030 or 0x00b0 or 0x066a => BidiClass.DigitEnd,
            >= 0x0600 and <= 0x07bf or >= 0x0860 and <= 0x08ff or >= 0xfb50 and <= 0xfdff or >= 0xfe70 and <= 0xfefe
                or >= 0x1ee00 and <= 0x1eeff =>
                BidiClass.Arabic,
            >= 0x0590 and <= 0x05ff or >= 0x07c0 and <= 0x085f or >= 0xfb1d and <= 0xfb4f or >= 0x10800 and <= 0x10fff
                or >= 0x1e800 and <= 0x1efff =>
                BidiClass.Right,
            _ when category == UnicodeCategory.CurrencySymbol => BidiClass.DigitEnd,
            _ when Rune.IsLetter(rune)
                || category is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber =>
                BidiClass.Left,
            _ => BidiClass.Neutral,
        };
    }
}
