namespace Kopeck.Ledger.Reference;

/// <summary>Hangul syllables, which are composed by arithmetic (Unicode, section 3.12).</summary>
static class Hangul
{
    const int Syllables = 0xAC00;
    const int Leads = 0x1100;
    const int Vowels = 0x1161;
    const int Trails = 0x11A7;
    const int LeadCount = 19;
    const int VowelCount = 21;
    const int TrailCount = 28;
    const int SyllableCount = LeadCount * VowelCount * TrailCount;

    /// <summary>The vowels and the final consonants, which join the syllable before them.</summary>
    public static IEnumerable<int> Joining => Enumerable.Range(Vowels, VowelCount).Concat(Enumerable.Range(Trails + 1, TrailCount - 1));

    public static bool IsSyllable(int codePoint) => codePoint is >= Syllables and < Syllables + SyllableCount;

    /// <summary>Adds the letters of a syllable.</summary>
    public static void Decompose(int syllable, List<int> letters)
    {
        var index = syllable - Syllables;
        letters.Add(Leads + (index / (VowelCount * TrailCount)));
        letters.Add(Vowels + (index % (VowelCount * TrailCount) / TrailCount));
        if (index % TrailCount != 0)
            letters.Add(Trails + (index % TrailCount));
    }

    /// <summary>Composes a leading consonant and a vowel, or a syllable without a final consonant and one.</summary>
    public static bool TryCompose(int first, int second, out int syllable)
    {
        syllable = 0;
        if (first is >= Leads and < Leads + LeadCount && second is >= Vowels and < Vowels + VowelCount)
            syllable = Syllables + ((((first - Leads) * VowelCount) + second - Vowels) * TrailCount);
        else if (IsSyllable(first) && (first - Syllables) % TrailCount == 0 && second is > Trails and < Trails + TrailCount)
            syllable = first + second - Trails;
        return syllable != 0;
    }
}
