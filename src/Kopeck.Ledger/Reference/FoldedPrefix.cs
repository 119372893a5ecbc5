namespace Kopeck.Ledger.Reference;

/// <summary>Prefix search in folded text.</summary>
static class FoldedPrefix
{
    /// <summary>Whether a word of the text, the first included, starts with the prefix. Both are folded.</summary>
    public static bool StartsAWord(string text, string prefix)
    {
        if (prefix.Length == 0)
            return true;
        for (var at = text.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(prefix, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                return true;
        }

        return false;
    }
}
