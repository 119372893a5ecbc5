using System.Text;

namespace Kopeck.Api.Inputs;

/// <summary>The words of an enum's values on the wire.</summary>
public sealed class Words<TValue>
    where TValue : struct, Enum
{
    readonly (string Word, byte[] Utf8, TValue Value)[] words;

    /// <summary>Words and what they stand for, in the order of the documents.</summary>
    public Words(params (string Word, TValue Value)[] words)
    {
        this.words = [.. words.Select(pair => (pair.Word, Encoding.UTF8.GetBytes(pair.Word), pair.Value))];
        All = [.. words.Select(pair => pair.Word)];
    }

    /// <summary>All words.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>The value of a word; null for what is none.</summary>
    public TValue? Find(ReadOnlySpan<byte> utf8)
    {
        foreach (var (_, word, value) in words)
        {
            if (utf8.SequenceEqual(word))
                return value;
        }

        return null;
    }

    /// <summary>The word of a value.</summary>
    public string Word(TValue value)
    {
        foreach (var (word, _, known) in words)
        {
            if (EqualityComparer<TValue>.Default.Equals(known, value))
                return word;
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, "has no word");
    }
}
