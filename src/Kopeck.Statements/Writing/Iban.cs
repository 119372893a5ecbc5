namespace Kopeck.Statements.Writing;

/// <summary>International bank account numbers (ISO 13616).</summary>
public static class Iban
{
    const int MinLength = 15;
    const int MaxLength = 34;

    /// <summary>Reads one, with or without spaces; the check digits must be right (ISO 7064, MOD 97-10).</summary>
    /// <param name="iban">Without spaces, in capitals.</param>
    public static bool TryParse(string text, out string iban)
    {
        iban = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (iban.Length is < MinLength or > MaxLength || !iban.All(char.IsAsciiLetterOrDigit))
            return false;
        if (!iban.AsSpan(0, 2).ContainsAnyExceptInRange('A', 'Z') && !iban.AsSpan(2, 2).ContainsAnyExceptInRange('0', '9'))
            return Remainder(iban[4..] + iban[..4]) == 1;
        return false;
    }

    /// <summary>In groups of four, as people read it.</summary>
    public static string Grouped(string iban) => string.Join(' ', iban.Chunk(4).Select(group => new string(group)));

    static int Remainder(string letters)
    {
        var rest = 0;
        foreach (var letter in letters)
            rest = char.IsAsciiDigit(letter) ? (rest * 10 + letter - '0') % 97 : (rest * 100 + letter - 'A' + 10) % 97;
        return rest;
    }
}
